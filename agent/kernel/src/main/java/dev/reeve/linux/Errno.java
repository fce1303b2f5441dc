package dev.reeve.linux;

/** The error numbers that this package tells apart; the same on x86_64 and aarch64. */
final class Errno {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int ESRCH = 3;
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int EINVAL = 22;
  static final int EMFILE = 24;
  static final int EPIPE = 32;
  static final int ENOSYS = 38;
  static final int ENOPROTOOPT = 92;
  static final int EADDRINUSE = 98;
  static final int ECONNABORTED = 103;
  static final int ECONNRESET = 104;
  static final int ECONNREFUSED = 111;

  private Errno() {}

  static String describe(int errno) {
    String text =
        switch (errno) {
          case EPERM -> "not permitted";
          case ENOENT -> "no such file";
          case ESRCH -> "no such process";
          case EAGAIN -> "try again later";
          case EACCES -> "access denied";
          case EINVAL -> "invalid argument";
          case EMFILE -> "too many open files";
          case EPIPE -> "the peer has closed";
          case ENOSYS -> "not offered by this kernel";
          case ENOPROTOOPT -> "no such socket option";
          case EADDRINUSE -> "address in use";
          case ECONNRESET -> "reset by the peer";
          case ECONNREFUSED -> "connection refused";
          default -> "failed";
        };
    return text + " (errno " + errno + ")";
  }
}
