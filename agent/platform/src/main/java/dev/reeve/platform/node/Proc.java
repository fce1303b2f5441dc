package dev.reeve.platform.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A proc file system, as far as it is read here: the port below everything that looks at processes.
 */
public interface Proc {
  /** The names in its folder, in any order. */
  List<String> names() throws IOException;

  /** Opens a file of a process; to be closed. */
  InputStream open(long pid, String file) throws IOException;

  /** Where a link of a process points to; empty text where it cannot be read. */
  String link(long pid, String name);

  /** The one that is mounted there. */
  static Proc at(Path folder) {
    return new ProcFolder(folder);
  }
}
