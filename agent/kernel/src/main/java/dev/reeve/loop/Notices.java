package dev.reeve.loop;

import static java.util.stream.Collectors.joining;

import dev.reeve.guard.Situation;
import dev.reeve.model.Cost;
import dev.reeve.model.Evidence;
import dev.reeve.model.Finding;
import dev.reeve.model.Notice;
import dev.reeve.model.RuleMode;
import dev.reeve.model.Rung;
import dev.reeve.model.Spans;
import dev.reeve.model.Subject;
import dev.reeve.model.Truth;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Words for owners: what was seen, what it costs, what will happen, how to object. */
final class Notices {
  private Notices() {}

  /** Whether the ladder says that the owner is to be told by now. */
  static boolean due(Situation situation, long now) {
    Duration age = Duration.ofNanos(now - situation.episode().evidenceSinceNanos());
    return situation.rule().ladder().stream()
        .filter(rung -> !rung.remedy().acts())
        .anyMatch(rung -> age.compareTo(rung.after()) >= 0);
  }

  static Notice of(Situation situation, long now) {
    List<Rung> acting = acting(situation);
    List<String> remedies = remedies(situation);
    Duration age = Duration.ofNanos(now - situation.episode().evidenceSinceNanos());
    Duration dueIn =
        acting.stream()
            .findFirst()
            .map(rung -> rung.after().minus(age))
            .map(
                left ->
                    left.compareTo(situation.rule().minNotice()) < 0
                        ? situation.rule().minNotice()
                        : left)
            .orElse(Duration.ZERO);
    Cost waste =
        situation.finding().map(Finding::waste).orElse(new Cost.Unknown("there is no finding now"));
    return new Notice(
        situation.episode().id(),
        situation.rule().id(),
        situation.episode().subject(),
        situation.episode().workload(),
        situation.workload().map(workload -> workload.sighting().owner()).orElse(""),
        remedies,
        dueIn,
        waste,
        text(situation, remedies, dueIn, waste));
  }

  /** Verbs of all that the ladder may do to it, as it is known now. */
  static List<String> remedies(Situation situation) {
    return acting(situation).stream().map(rung -> rung.remedy().verb()).distinct().toList();
  }

  private static List<Rung> acting(Situation situation) {
    return situation.rule().ladder().stream()
        .filter(rung -> rung.remedy().acts() && actsOnKind(situation))
        .toList();
  }

  private static boolean actsOnKind(Situation situation) {
    return situation
            .workload()
            .map(Subject.Workload::sighting)
            .map(sighting -> situation.rule().actsOn().contains(sighting.kind()))
            .orElse(false)
        && situation.rule().mode() == RuleMode.ACT;
  }

  private static String text(
      Situation situation, List<String> remedies, Duration dueIn, Cost waste) {
    StringBuilder text = new StringBuilder();
    text.append(name(situation)).append(": ").append(situation.rule().title()).append(". ");
    text.append(String.join(", ", evidence(situation))).append(". ");
    if (waste instanceof Cost.Known known) {
      text.append("It wastes ").append(known.rate()).append(". ");
    }
    if (remedies.isEmpty()) {
      return text.append("Nothing will be done about it.").toString();
    }
    return text.append("If this goes on, the remedy is ")
        .append(remedies.getFirst())
        .append(" in ")
        .append(Spans.text(Duration.ofSeconds(dueIn.toSeconds())))
        .append(" at the earliest")
        .append(remedies.stream().skip(1).map(later -> ", later " + later).collect(joining()))
        .append(". Nothing happens once this is no longer so; REEVE_PROTECT=1 in its")
        .append(" environment, or {\"declare\":{\"protect\":true}} on run.sock, protects it.")
        .toString();
  }

  private static String name(Situation situation) {
    return situation
        .workload()
        .map(workload -> workload.sighting().id().display())
        .orElse(situation.episode().subject().toString());
  }

  private static List<String> evidence(Situation situation) {
    return situation.finding().map(Finding::evidence).orElse(List.of()).stream()
        .filter(evidence -> evidence.truth() == Truth.CONFIRMED)
        .map(Notices::evidence)
        .toList();
  }

  private static String evidence(Evidence one) {
    return String.format(
        Locale.ROOT,
        "%s = %.4g %s %.4g",
        one.expression(),
        one.value(),
        one.comparison(),
        one.threshold());
  }
}
