package dev.reeve.platform.node;

import dev.reeve.model.Checkpoint;
import dev.reeve.model.WorkloadKind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a workload says of itself by variables {@code REEVE_*} in the environment of its members.
 * Members that contradict each other say nothing, except that protection needs one voice only.
 *
 * @param name what people call it; empty if not declared
 * @param owner who answers for it; empty if not declared
 * @param group what its cost is grouped by; empty if not declared
 * @param protection why it is protected by its own word, if it is
 * @param singleNode whether it lives on this node alone
 * @param run the file in which it reports its progress
 */
record Declared(
    WorkloadKind kind,
    String name,
    String owner,
    String group,
    Optional<String> protection,
    boolean singleNode,
    Optional<Path> run,
    Optional<Checkpoint> checkpoint) {
  private static final Set<String> NO = Set.of("", "0", "false", "no", "off");
  private static final Set<String> YES = Set.of("1", "true", "yes", "on");

  /** {@code USR1:120s:/path/of/acknowledgement}. */
  private static final Pattern CHECKPOINT =
      Pattern.compile("(?:SIG)?(USR1|USR2|HUP|INT|TERM|CONT|WINCH):(\\d{1,5})(s|m|h):(/.+)");

  static Declared of(List<ProcessDetails> members) {
    Optional<String> checkpoint = one(members, "REEVE_CHECKPOINT");
    Optional<Checkpoint> read = checkpoint.flatMap(Declared::checkpoint);
    Optional<String> protection = protection(members);
    if (protection.isEmpty() && checkpoint.isPresent() && read.isEmpty()) {
      protection =
          Optional.of("its REEVE_CHECKPOINT is not SIGNAL:DEADLINE:PATH, as USR1:120s:/x/saved");
    }
    return new Declared(
        one(members, "REEVE_KIND")
            .map(text -> WorkloadKind.of(text.strip().toLowerCase(Locale.ROOT)))
            .orElse(WorkloadKind.UNKNOWN),
        word(members, "REEVE_NAME"),
        word(members, "REEVE_OWNER"),
        word(members, "REEVE_GROUP"),
        protection,
        one(members, "REEVE_SINGLE_NODE")
            .filter(text -> YES.contains(text.strip().toLowerCase(Locale.ROOT)))
            .isPresent(),
        one(members, "REEVE_RUN").flatMap(Declared::absolute),
        read);
  }

  /** Whatever is not clearly a no is a yes. */
  private static Optional<String> protection(List<ProcessDetails> members) {
    return members.stream()
            .flatMap(member -> member.environment().value("REEVE_PROTECT").stream())
            .anyMatch(text -> !NO.contains(text.strip().toLowerCase(Locale.ROOT)))
        ? Optional.of("it asks for it by REEVE_PROTECT")
        : Optional.empty();
  }

  private static String word(List<ProcessDetails> members, String name) {
    return one(members, name).map(text -> Wording.plain(text.strip(), 128)).orElse("");
  }

  private static Optional<String> one(List<ProcessDetails> members, String name) {
    Set<String> values = new TreeSet<>();
    members.forEach(member -> member.environment().value(name).ifPresent(values::add));
    return values.size() == 1 ? values.stream().findFirst() : Optional.empty();
  }

  private static Optional<Checkpoint> checkpoint(String text) {
    Matcher matcher = CHECKPOINT.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(2));
    Duration deadline =
        switch (matcher.group(3)) {
          case "h" -> Duration.ofHours(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofSeconds(number);
        };
    boolean sane = number > 0 && deadline.compareTo(Duration.ofHours(6)) <= 0;
    return sane
        ? absolute(matcher.group(4)).map(path -> new Checkpoint(matcher.group(1), path, deadline))
        : Optional.empty();
  }

  private static Optional<Path> absolute(String text) {
    try {
      return Optional.of(Path.of(text)).filter(Path::isAbsolute).map(Path::normalize);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
