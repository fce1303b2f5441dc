package dev.reeve.guard;

import static dev.reeve.model.Spans.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What stops and goes on by itself, again and again, is at work: it is left alone. Cruise Control's
 * slow-broker finder scores brokers in the same way before it removes one.
 */
record FlapGuard() implements Guard {
  static final int TIMES = 3;
  static final Duration WITHIN = Duration.ofHours(6);

  @Override
  public String name() {
    return "flap";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    long now = question.state().timelineAt(question.nowNanos());
    List<Long> cleared =
        question
            .state()
            .discoveries()
            .cleared(
                question.plan().rule(),
                question.situation().episode().workload(),
                now - WITHIN.toNanos());
    if (cleared.size() < TIMES) {
      return Optional.empty();
    }
    Duration oldest = Duration.ofNanos(now - cleared.get(cleared.size() - TIMES));
    return hold(
        "rule "
            + question.plan().rule()
            + " found it and was refuted "
            + cleared.size()
            + " times within "
            + text(WITHIN)
            + ": it stops and goes on by itself",
        WITHIN.minus(oldest));
  }
}
