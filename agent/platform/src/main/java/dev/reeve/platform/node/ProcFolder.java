package dev.reeve.platform.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A proc file system in a folder of this machine. */
record ProcFolder(Path folder) implements Proc {
  @Override
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
      }
    }
    return names;
  }

  @Override
  public InputStream open(long pid, String file) throws IOException {
    return Files.newInputStream(of(pid, file));
  }

  @Override
  public String link(long pid, String name) {
    try {
      return Files.readSymbolicLink(of(pid, name)).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  private Path of(long pid, String file) {
    return folder.resolve(Long.toString(pid)).resolve(file);
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
