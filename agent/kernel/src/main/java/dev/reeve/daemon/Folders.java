package dev.reeve.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes the daemon's folders, or says why it cannot live there. */
final class Folders {
  private Folders() {}

  static void make(Path folder, String mode, String key) throws StartException {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        Files.createDirectory(
            folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
      }
    } catch (IOException failure) {
      throw new StartException(
          "cannot make the folder "
              + folder
              + ": "
              + failure
              + "; name one that this user may write with '"
              + key
              + "' in the configuration",
          failure);
    }
    if (!Files.isWritable(folder)) {
      throw new StartException(
          "cannot write to "
              + folder
              + ": it is read-only for this user; name another with '"
              + key
              + "' in the configuration");
    }
  }
}
