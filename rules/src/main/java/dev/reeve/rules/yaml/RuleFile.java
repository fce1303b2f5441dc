package dev.reeve.rules.yaml;

import dev.reeve.config.Place;
import dev.reeve.config.YamlTree;
import dev.reeve.linux.OwnedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Reads the bytes of a rule file, and refuses what may be somebody else's or half written. */
final class RuleFile {
  private static final int OTHERS_WRITE = 0022;
  private static final int STICKY = 01000;

  private final RuleProblems problems;
  private final LongPredicate owners;
  private final boolean permissions;
  private final Runnable whileReading;

  /**
   * @param owners whom files and folders may belong to
   * @param permissions whether owners and permissions are looked at
   * @param whileReading runs between reading and looking again; for tests
   */
  RuleFile(
      RuleProblems problems, LongPredicate owners, boolean permissions, Runnable whileReading) {
    this.problems = problems;
    this.owners = owners;
    this.permissions = permissions;
    this.whileReading = whileReading;
  }

  /** Files of root and of the user that runs this. */
  static RuleFile usual(RuleProblems problems, boolean permissions) {
    long self = uid(Path.of("/proc/self"));
    return new RuleFile(problems, uid -> uid == 0 || uid == self, permissions, () -> {});
  }

  /** Whether a file or a link of that owner may be one of rules. */
  static boolean ours(Object uid) {
    return uid instanceof Integer number
        && (number == 0 || Integer.toUnsignedLong(number) == uid(Path.of("/proc/self")));
  }

  private static long uid(Path path) {
    try {
      return Integer.toUnsignedLong((Integer) Files.getAttribute(path, "unix:uid"));
    } catch (IOException e) {
      return 0;
    }
  }

  /** The text; empty where the file is refused, which was reported then. */
  Optional<String> read(Path path) {
    boolean[] foreign = {false};
    LongPredicate asked =
        uid -> {
          foreign[0] = permissions && !owners.test(uid);
          return !foreign[0];
        };
    try (OwnedFile.Opened opened = OwnedFile.open(path, asked)) {
      if (permissions && !safe(path, opened)) {
        return Optional.empty();
      }
      byte[] bytes = bytes(opened.channel());
      if (bytes.length > YamlTree.LARGEST) {
        return refuse(RuleCode.TOO_LARGE, path, "at most 1 MiB", "more");
      }
      whileReading.run();
      if (changed(path, opened, bytes.length)) {
        return refuse(RuleCode.CHANGED, path, "a file that stays as it is", "another one");
      }
      return decode(path.toString(), bytes);
    } catch (AccessDeniedException refused) {
      if (foreign[0]) {
        return refuse(RuleCode.FOREIGN_OWNER, path, "a file of root or of this user", "another's");
      }
      return refused.getReason() == null
          ? refuse(RuleCode.UNREADABLE, path, "a file that this user may read", "no permission")
          : refuse(RuleCode.NOT_A_FILE, path, "a regular file", "a link or something else");
    } catch (IOException failure) {
      String found = Files.exists(path) ? String.valueOf(failure.getMessage()) : "none there";
      return refuse(RuleCode.UNREADABLE, path, "a file that can be read", found);
    }
  }

  private static byte[] bytes(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(YamlTree.LARGEST + 1);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // reads on
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  private static boolean changed(Path path, OwnedFile.Opened before, int length)
      throws IOException {
    try (OwnedFile.Opened after = OwnedFile.open(path, _ -> true)) {
      return length != before.size()
          || after.size() != before.size()
          || !after.identity().equals(before.identity())
          || !after.changed().equals(before.changed());
    }
  }

  private boolean safe(Path path, OwnedFile.Opened opened) throws IOException {
    if ((opened.mode() & OTHERS_WRITE) != 0) {
      refuse(RuleCode.WRITABLE, path, "a file that its owner alone may write", mode(opened.mode()));
      return false;
    }
    Path folder = path.toAbsolutePath().getParent();
    for (Path at = folder == null ? null : folder.toRealPath(); at != null; at = at.getParent()) {
      int mode = (Integer) Files.getAttribute(at, "unix:mode");
      if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
        refuse(
            RuleCode.FOLDER_WRITABLE,
            path,
            "folders that others may not write",
            at + " with " + mode(mode));
        return false;
      }
      if (!owners.test(uid(at))) {
        refuse(RuleCode.FOREIGN_OWNER, path, "folders of root or of this user", at + " of another");
        return false;
      }
    }
    return true;
  }

  private static String mode(int mode) {
    return "mode " + Integer.toOctalString(mode & 07777);
  }

  private Optional<String> refuse(RuleCode code, Path path, String expected, String found) {
    problems.add(
        new RuleProblem(code, new Place(path.toString(), 0, 0), 1, "", expected, found, ""));
    return Optional.empty();
  }

  private Optional<String> decode(String file, byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      List<String> lines = (text + "x").lines().toList();
      Place place = new Place(file, lines.size(), lines.getLast().length());
      String found = "the byte 0x%02X".formatted(bytes[in.position()]);
      problems.add(new RuleProblem(RuleCode.NOT_UTF8, place, 1, "", "UTF-8", found, ""));
      return Optional.empty();
    }
    return visible(problems, file, text) ? Optional.of(text) : Optional.empty();
  }

  /** Refuses what a reader of the file cannot see; only the first on each line is reported. */
  static boolean visible(RuleProblems problems, String file, String text) {
    int[] points = text.codePoints().toArray();
    boolean visible = true;
    SourceText source = new SourceText(file, text);
    int reported = 0;
    for (int i = 0; i < points.length; i++) {
      boolean lineEnd = points[i] == '\r' && i + 1 < points.length && points[i + 1] == '\n';
      if (!lineEnd && hidden(points[i])) {
        visible = false;
        Place place = source.place(i);
        if (place.line() != reported) {
          reported = place.line();
          String found = "U+%04X".formatted(points[i]);
          problems.add(
              new RuleProblem(
                  RuleCode.HIDDEN_CHARACTER,
                  place,
                  1,
                  "",
                  "characters that can be seen",
                  found,
                  ""));
        }
      }
    }
    return visible;
  }

  static boolean hidden(int point) {
    return (Character.isISOControl(point) && point != '\n' && point != '\t')
        || Character.getType(point) == Character.FORMAT
        || point == '\u2028'
        || point == '\u2029'
        || (point & 0xfffe) == 0xfffe
        || Character.getType(point) == Character.SURROGATE;
  }
}
