package dev.reeve.journal;

import java.io.IOException;
import java.nio.file.Path;

/// Makes the names of files within a folder durable: a new file that is forced itself may still be
/// gone after a power failure, name and all. An interrupt must not make it fail, or it ends the
/// daemon for a harmless reason.
@FunctionalInterface
public interface FolderSync {
  void sync(Path folder) throws IOException;
}
