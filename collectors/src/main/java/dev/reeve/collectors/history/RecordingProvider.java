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
import java.util.SortedMap;
import java.util.TreeMap;
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
      return new RecordingHistory(List.of(path), request, false);
    }
    List<Path> recorded = files(path);
    if (recorded.isEmpty()) {
      throw new History.HistoryException(
          path + " has no recording: 'reeve run --record " + path + "' makes one");
    }
    return new RecordingHistory(recorded, request, false);
  }

  /// In their order. One that is being compressed is there twice for a moment, and read once.
  static List<Path> files(Path folder) throws History.HistoryException {
    try (Stream<Path> files = Files.list(folder)) {
      SortedMap<String, Path> recorded = new TreeMap<>();
      files
          .filter(file -> String.valueOf(file.getFileName()).matches("recording-\\d+\\.om(\\.gz)?"))
          .filter(file -> Files.isRegularFile(file))
          .sorted()
          .forEach(
              file ->
                  recorded.put(
                      String.valueOf(file.getFileName()).replaceFirst("\\.gz$", ""), file));
      return List.copyOf(recorded.values());
    } catch (IOException failure) {
      throw new History.HistoryException(
          folder + " cannot be read: " + failure.getMessage(), failure);
    }
  }
}
