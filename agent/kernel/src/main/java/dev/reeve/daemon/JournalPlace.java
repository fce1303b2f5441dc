package dev.reeve.daemon;

import dev.reeve.journal.FileJournal;
import dev.reeve.journal.JournalPorts;
import dev.reeve.journal.JournalSettings;
import dev.reeve.journal.OpenResult;
import java.nio.file.Path;

/** Where the journal lies. Its text is what people are told of it. */
public interface JournalPlace {
  OpenResult open(JournalSettings settings, JournalPorts ports);

  /** In a folder of this machine. */
  static JournalPlace folder(Path folder) {
    return new InFolder(folder);
  }

  /** A folder of this machine. */
  record InFolder(Path folder) implements JournalPlace {
    @Override
    public OpenResult open(JournalSettings settings, JournalPorts ports) {
      return FileJournal.open(folder, settings, ports);
    }

    @Override
    public String toString() {
      return folder.toString();
    }
  }
}
