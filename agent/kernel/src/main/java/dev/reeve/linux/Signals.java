package dev.reeve.linux;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Signals that ask a daemon for something; untouched, they end the process.
 *
 * <p>By reflection, because the only interface that Java has for signals is one that the compiler
 * warns of in every file that names it.
 */
public final class Signals {
  private Signals() {}

  /**
   * Runs this on a thread of its own whenever the signal comes.
   *
   * @param name without SIG, such as {@code HUP}
   * @throws LinuxUnavailable where this Java takes no signals
   */
  @SuppressWarnings(
      "ReferenceEquality") // a proxy is equal to itself only, and asking it would recurse
  public static void handle(String name, Runnable work) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler call =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> Thread.ofVirtual().name("SIG" + name).start(work);
                case "equals" -> arguments != null && arguments[0] == proxy;
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "SIG" + name;
              };
      Object ours =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, call);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    } catch (ReflectiveOperationException failure) {
      throw new LinuxUnavailable("SIG" + name + " cannot be taken: " + failure, failure);
    }
  }
}
