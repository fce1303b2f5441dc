/// The least that a Java process is: says one word and waits.
public final class Floor {
  public static void main(String[] args) throws InterruptedException {
    System.out.println("ready");
    Thread.sleep(Long.MAX_VALUE);
  }
}
