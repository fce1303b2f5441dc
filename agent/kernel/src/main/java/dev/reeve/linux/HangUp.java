package dev.reeve.linux;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * SIGHUP, which asks a daemon to read its files again; untouched, it ends the process.
 *
 * <p>By reflection, because the only interface that Java has for signals is one that the compiler
 * warns of in every file that names it.
 */
public final class HangUp {
  private HangUp() {}

  /**
   * Runs this on a thread of its own whenever the signal comes.
   *
   * @throws LinuxUnavailable where this Java takes no signals
   */
  @SuppressWarnings(
      "ReferenceEquality") // a proxy is equal to itself only, and asking it would recurse
  public static void handle(Runnable work) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler call =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> Thread.ofVirtual().name("SIGHUP").start(work);
                case "equals" -> arguments != null && arguments[0] == proxy;
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "SIGHUP";
              };
      Object ours =
          Proxy.newProxyInstance(HangUp.class.getClassLoader(), new Class<?>[] {handler}, call);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
    } catch (ReflectiveOperationException failure) {
      throw new LinuxUnavailable("SIGHUP cannot be taken: " + failure, failure);
    }
  }
}
