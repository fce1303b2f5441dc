package dev.reeve.guard;

import static dev.reeve.model.Spans.text;

import java.time.Duration;
import java.util.Optional;

/** No step sooner than the rule's notice after one that was delivered. */
final class NoticeGuard implements Guard {
  @Override
  public String name() {
    return "notice";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    if (question.situation().episode().warnedAtNanos().isEmpty()) {
      return deny("nobody was told: no channel delivered a notice");
    }
    Duration given = Duration.ofNanos(question.situation().episode().noticeNanos());
    Duration needed = question.situation().rule().minNotice();
    if (given.compareTo(needed) < 0) {
      return hold(
          "notice was given for " + text(given) + " of " + text(needed), needed.minus(given));
    }
    return Optional.empty();
  }
}
