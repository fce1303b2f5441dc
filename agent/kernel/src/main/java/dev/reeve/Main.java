package dev.reeve;

/** Says its version, until the commands are there. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("reeve " + Main.class.getPackage().getImplementationVersion());
  }
}
