package dev.reeve.collectors.history;

import dev.reeve.collectors.exposition.OpenMetricsException;
import dev.reeve.collectors.exposition.OpenMetricsLimits;
import dev.reeve.collectors.exposition.OpenMetricsReader;
import dev.reeve.collectors.exposition.OpenMetricsReader.Event;
import dev.reeve.collectors.exposition.OpenMetricsReader.Form;
import dev.reeve.recording.Names;
import dev.reeve.spi.History;
import dev.reeve.spi.HistoryProvider.Request;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.GZIPInputStream;

/// Reads a recording: its files in their order, each exposition as what one source said.
final class RecordingHistory implements History {
  private static final Duration USUAL = Duration.ofSeconds(15);

  private final List<Path> files;
  private final Request request;
  private final boolean lenient;
  private final Notes notes = new Notes();
  private final long allBytes;
  private int file;
  private long newest = Long.MIN_VALUE / 2;
  private boolean heardBack;
  private long readBytes;
  private Optional<Opened> open = Optional.empty();

  private record Opened(Path path, InputStream in, OpenMetricsReader<Said> reader) {}

  /// @param lenient whether a file that cannot be read on is left out and said, or ends it all
  RecordingHistory(List<Path> files, Request request, boolean lenient) throws HistoryException {
    this.files = List.copyOf(files);
    this.request = request;
    this.lenient = lenient;
    long bytes = 0;
    for (Path path : files) {
      bytes += size(path);
    }
    allBytes = bytes;
  }

  private long size(Path path) throws HistoryException {
    try {
      return Files.size(path);
    } catch (IOException failure) {
      if (lenient) {
        return 0;
      }
      throw new HistoryException(path + " cannot be read: " + failure.getMessage(), failure);
    }
  }

  @Override
  public Optional<Heard> next() throws HistoryException {
    while (open.isPresent() || file < files.size()) {
      try {
        Opened now = open.isPresent() ? open.get() : openNext();
        Optional<Heard> heard = next(now);
        if (heard.isPresent()) {
          return heard.map(this::noted);
        }
      } catch (HistoryException unreadable) {
        if (!lenient) {
          throw unreadable;
        }
        notes.count("left out: " + unreadable.getMessage());
        close();
      }
    }
    return Optional.empty();
  }

  /// Times go back where the machine's date was set between two starts of the recorder.
  private Heard noted(Heard heard) {
    if (heard.atNanos() < newest - USUAL.toNanos() && !heardBack) {
      heardBack = true;
      notes.count("its times go back: the machine's date was set between two starts");
    }
    newest = Math.max(newest, heard.atNanos());
    return heard;
  }

  private Opened openNext() throws HistoryException {
    Path path = there(files.get(file++));
    try {
      InputStream in = open(path);
      Opened opened =
          new Opened(
              path,
              in,
              new OpenMetricsReader<>(
                  in, OpenMetricsLimits.standard(), Form.SEVERAL, SaidReader::of));
      open = Optional.of(opened);
      return opened;
    } catch (IOException failure) {
      throw new HistoryException(path + " cannot be read: " + failure.getMessage(), failure);
    }
  }

  /// It may have been compressed since it was listed.
  private static Path there(Path listed) {
    Path packed = listed.resolveSibling(listed.getFileName() + ".gz");
    return Files.exists(listed) || !Files.exists(packed) ? listed : packed;
  }

  static InputStream open(Path path) throws IOException {
    InputStream in = Files.newInputStream(path);
    try {
      return path.toString().endsWith(".gz")
          ? new GZIPInputStream(in, 1 << 16)
          : new BufferedInputStream(in, 1 << 16);
    } catch (IOException failure) {
      in.close();
      throw failure;
    }
  }

  /// The next thing heard in a file; empty at its end.
  private Optional<Heard> next(Opened from) throws HistoryException {
    try {
      Collected collected = new Collected();
      while (true) {
        Event event = from.reader().next();
        switch (event) {
          case SAMPLE -> take(from, collected);
          case EXPOSITION_END -> {
            if (collected.complete()) {
              Heard heard = collected.heard("", USUAL);
              if (within(heard.atNanos())) {
                return Optional.of(heard);
              }
            }
            collected = new Collected();
          }
          case END -> {
            end(from);
            return Optional.empty();
          }
        }
      }
    } catch (OpenMetricsException malformed) {
      if (malformed.cut()) {
        notes.count(from.path().getFileName() + " ends within an exposition, which is left out");
        end(from);
        return Optional.empty();
      }
      throw new HistoryException(from.path() + ": " + malformed.getMessage(), malformed);
    } catch (IOException failure) {
      throw new HistoryException(
          from.path() + " cannot be read on: " + failure.getMessage(), failure);
    }
  }

  private void take(Opened from, Collected collected) throws HistoryException {
    Said said = from.reader().series();
    switch (said) {
      case Said.Head head when !head.version().equals(Names.VERSION) ->
          throw new HistoryException(
              "%s is a recording of version %s; this release reads version %s"
                  .formatted(from.path(), head.version(), Names.VERSION));
      case Said.Misread misread -> notes.count(misread.problem());
      case Said.Other other -> notes.count("the name " + other.name() + " means nothing here");
      default -> {
        if (from.reader().timed()) {
          collected.take(said, from.reader().value(), from.reader().nanos());
        } else {
          notes.count("a line without a time");
        }
      }
    }
  }

  private boolean within(long nanos) {
    Instant at = Instant.ofEpochSecond(0, nanos);
    return !at.isBefore(request.from()) && !at.isAfter(request.to());
  }

  private void end(Opened from) throws HistoryException {
    readBytes += size(from.path());
    close();
  }

  @Override
  public OptionalDouble progress() {
    return allBytes == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) readBytes / allBytes);
  }

  @Override
  public List<String> notes() {
    return notes.list();
  }

  @Override
  public void close() {
    open.ifPresent(
        it -> {
          try {
            it.in().close();
          } catch (IOException _) {
            // it was only read
          }
        });
    open = Optional.empty();
  }
}
