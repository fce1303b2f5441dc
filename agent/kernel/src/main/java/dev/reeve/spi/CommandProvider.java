package dev.reeve.spi;

/**
 * Adds a command to the launcher: what needs more than the kernel knows. Found by {@link
 * java.util.ServiceLoader}.
 */
public interface CommandProvider {
  /** An object that the command line library reads its options from, named by its annotation. */
  Object command();

  /** The command that it belongs under, such as {@code check}; empty for one of its own. */
  default String parent() {
    return "";
  }
}
