package dev.reeve.guard;

import static dev.reeve.model.Spans.text;

import java.time.Duration;
import java.util.Optional;

/** No step sooner than the rule's notice, the operator's, or what was promised, after delivery. */
record NoticeGuard(Duration least) implements Guard {
  @Override
  public String name() {
    return "notice";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    if (question.situation().episode().warnedAtNanos().isEmpty()) {
      return deny("nobody was told: no channel delivered a notice");
    }
    String remedy = question.plan().remedy().verb();
    if (!question.situation().episode().promise().remedies().contains(remedy)) {
      return deny("nobody was told that it may " + remedy);
    }
    Duration given = Duration.ofNanos(question.situation().episode().noticeNanos());
    Duration asked = question.situation().episode().noticeNeeded(question.situation().rule());
    Duration needed = asked.compareTo(least) < 0 ? least : asked;
    if (given.compareTo(needed) < 0) {
      return hold(
          "notice was given for " + text(given) + " of " + text(needed), needed.minus(given));
    }
    return Optional.empty();
  }
}
