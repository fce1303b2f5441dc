package dev.reeve.journal;

import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/// Prints the records of a journal, one a line, and checks them on the way; the daemon may be
/// writing meanwhile.
public final class JournalPrinter {
  private static final int AGAIN = 5;
  private static final int MOST_OF_A_CHECKPOINT = 200;

  private final RecordFilter filter;
  private final Function<JournalRecord, String> style;
  private final Appendable out;
  private long seen;

  /// @param style what is printed of a record, with the end of its line; see [Style]
  public JournalPrinter(
      RecordFilter filter, Function<JournalRecord, String> style, Appendable out) {
    this.filter = filter;
    this.style = style;
    this.out = out;
  }

  /// How a line looks.
  public enum Style implements Function<JournalRecord, String> {
    /// Sequence, time, type and content. What a terminal could take for a command or show in
    /// another order is escaped.
    TEXT,
    /// A JSON object with `sequence`, `time`, `boot_id`, `boot_nanos`, `type`, `version` and
    /// `data`.
    JSON_LINES;

    @Override
    public String apply(JournalRecord record) {
      return switch (this) {
        case TEXT -> text(record) + "\n";
        case JSON_LINES -> Json.write(json(record)) + "\n";
      };
    }
  }

  /// Prints until the end or the first problem, which it answers.
  ///
  /// @throws IOException what was to be printed could not be
  public Optional<JournalProblem> print(Path folder) throws IOException {
    return print(DiskFiles.reading(folder));
  }

  Optional<JournalProblem> print(SegmentFiles files) throws IOException {
    for (int again = 0; ; again++) {
      try {
        return new JournalWalk(files, this::print).walk();
      } catch (OutputException e) {
        throw e.cause;
      } catch (IOException e) {
        // a segment that the daemon dropped meanwhile is no problem
        if (again == AGAIN || !JournalVerifier.isGone(e)) {
          return Optional.of(new JournalProblem(Kind.UNREADABLE, ".", 0, e.toString()));
        }
      }
    }
  }

  private Optional<JournalProblem> print(String file, StoredRecord stored) throws IOException {
    JournalRecord record = stored.record();
    if (record.sequence() > seen && filter.accepts(record)) {
      try {
        out.append(style.apply(record));
      } catch (IOException e) {
        throw new OutputException(e);
      }
    }
    seen = Math.max(seen, record.sequence());
    return Optional.empty();
  }

  private static String text(JournalRecord record) {
    String version = record.version() == 1 ? "" : "/" + record.version();
    return record.sequence()
        + "  "
        + Instant.ofEpochMilli(record.wallMillis())
        + "  "
        + visible(record.type())
        + version
        + "  "
        + visible(content(record));
  }

  /// A checkpoint repeats what other records say, and a terminal has no room for that.
  private static String content(JournalRecord record) {
    String content = Json.write(record.json());
    return JournalCheckpoint.is(record) && content.length() > MOST_OF_A_CHECKPOINT
        ? content.substring(0, MOST_OF_A_CHECKPOINT)
            + "... ("
            + content.length()
            + " characters; -o json prints all)"
        : content;
  }

  /// A record as an object.
  public static JsonObject json(JournalRecord record) {
    return Json.object()
        .put("sequence", record.sequence())
        .put("time", Instant.ofEpochMilli(record.wallMillis()).toString())
        .put("boot_id", record.bootId().toString())
        .put("boot_nanos", record.bootNanos())
        .put("type", record.type())
        .put("version", record.version())
        .put("data", record.json())
        .build();
  }

  private static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isInvisible(c)) {
                for (char unit : Character.toChars(c)) {
                  visible.append("\\u").append(HexFormat.of().toHexDigits(unit));
                }
              } else {
                visible.appendCodePoint(c);
              }
            });
    return visible.toString();
  }

  /// Controls, marks that reverse or hide what follows, line separators, and what has no meaning.
  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  /// Tells a broken pipe from a broken disk.
  private static final class OutputException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException cause;

    OutputException(IOException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
