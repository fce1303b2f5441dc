package dev.reeve.collectors.history;

import dev.reeve.recording.Names;
import dev.reeve.spi.History;
import dev.reeve.spi.HistoryProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Opens the folder of a recording, or one of its files.
public final class RecordingProvider implements HistoryProvider {
  @Override
  public String form() {
    return "the folder of 'reeve run --record'";
  }

  @Override
  public boolean reads(String source) {
    try {
      Path path = Path.of(source);
      return Files.isDirectory(path) || (Files.isRegularFile(path) && isRecording(path));
    } catch (InvalidPathException _) {
      return false;
    }
  }

  static boolean isRecording(Path file) {
    byte[] head = Names.RECORDING.getBytes(StandardCharsets.US_ASCII);
    try (InputStream in = RecordingHistory.open(file)) {
      return java.util.Arrays.equals(head, in.readNBytes(head.length));
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public History open(Request request) throws History.HistoryException {
    Path path = Path.of(request.source());
    if (!Files.isDirectory(path)) {
      return new RecordingHistory(List.of(path), request);
    }
    try (Stream<Path> files = Files.list(path)) {
      List<Path> recorded =
          files
              .filter(
                  file -> String.valueOf(file.getFileName()).matches("recording-\\d+\\.om(\\.gz)?"))
              .sorted()
              .toList();
      if (recorded.isEmpty()) {
        throw new History.HistoryException(
            path + " has no recording: 'reeve run --record " + path + "' makes one");
      }
      return new RecordingHistory(recorded, request);
    } catch (IOException failure) {
      throw new History.HistoryException(
          path + " cannot be read: " + failure.getMessage(), failure);
    }
  }
}
