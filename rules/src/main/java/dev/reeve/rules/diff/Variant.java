package dev.reeve.rules.diff;

import dev.reeve.model.Limit;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleMode;
import dev.reeve.model.Rung;
import dev.reeve.model.WorkloadKind;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;

/** The same rule with one thing changed, so that the daemon's judgement can be asked of it. */
record Variant(Rule of) {
  Rule patterns(List<Pattern> patterns, String target) {
    return new Rule(
        of.id(),
        of.version(),
        of.title(),
        of.severity(),
        of.why(),
        patterns,
        target,
        of.ladder(),
        of.actsOn(),
        of.minNotice(),
        of.mode(),
        of.card(),
        of.limits());
  }

  Rule ladder(List<Rung> ladder, SortedSet<WorkloadKind> kinds) {
    return new Rule(
        of.id(),
        of.version(),
        of.title(),
        of.severity(),
        of.why(),
        of.patterns(),
        of.target(),
        ladder,
        kinds,
        of.minNotice(),
        of.mode(),
        of.card(),
        of.limits());
  }

  Rule notice(Duration notice) {
    return new Rule(
        of.id(),
        of.version(),
        of.title(),
        of.severity(),
        of.why(),
        of.patterns(),
        of.target(),
        of.ladder(),
        of.actsOn(),
        notice,
        of.mode(),
        of.card(),
        of.limits());
  }

  Rule mode(RuleMode mode) {
    return new Rule(
        of.id(),
        of.version(),
        of.title(),
        of.severity(),
        of.why(),
        of.patterns(),
        of.target(),
        of.ladder(),
        of.actsOn(),
        of.minNotice(),
        mode,
        of.card(),
        of.limits());
  }

  Rule limits(List<Limit> limits) {
    return new Rule(
        of.id(),
        of.version(),
        of.title(),
        of.severity(),
        of.why(),
        of.patterns(),
        of.target(),
        of.ladder(),
        of.actsOn(),
        of.minNotice(),
        of.mode(),
        of.card(),
        limits);
  }
}
