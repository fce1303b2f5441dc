package dev.reeve.linux;

import java.io.IOException;

/** A peer sent more bytes without the end of a line than are read. */
public final class LineTooLongException extends IOException {
  private static final long serialVersionUID = 1L;

  LineTooLongException(int longest) {
    super("a line is longer than " + longest + " bytes");
  }
}
