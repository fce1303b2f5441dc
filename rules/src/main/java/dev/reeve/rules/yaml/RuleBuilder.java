package dev.reeve.rules.yaml;

import dev.reeve.config.Masking;
import dev.reeve.config.Nearest;
import dev.reeve.config.Value.Entry;
import dev.reeve.config.Value.Mapping;
import dev.reeve.config.Value.Scalar;
import dev.reeve.model.Condition;
import dev.reeve.model.Conditions;
import dev.reeve.model.Join;
import dev.reeve.model.Limit;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleCard;
import dev.reeve.model.RuleMode;
import dev.reeve.model.Rung;
import dev.reeve.model.Severity;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.TimesOfWeek;
import dev.reeve.model.WorkloadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes one rule of its mapping, overrides already in it. */
final class RuleBuilder {
  private static final int SUBJECTS = 4;
  private static final int COMPARISONS = 200;
  private static final Duration LEAST_NOTICE = Duration.ofMinutes(1);

  private final Fields rule;
  private final Draft draft;
  private final RuleProblems problems;
  private final DrlTier drl;
  private Optional<DrlCondition> written = Optional.empty();

  RuleBuilder(Draft draft, RuleProblems problems, DrlTier drl) {
    this.draft = draft;
    this.drl = drl;
    this.problems = problems;
    this.rule = new Fields(draft.mapping(), draft.path(), RuleKeys.RULE, problems);
  }

  /** Empty where something was wrong, which was reported then. */
  Optional<Rule> build() {
    int before = problems.errors().size();
    ParameterReader reader = new ParameterReader(problems, rule);
    Parameters parameters = reader.read();
    List<Limit> limits = new LimitReader(problems, rule, parameters).read();
    List<Pattern> plain = patterns(parameters);
    String target = target(plain);
    List<Pattern> patterns = plain;
    if (!plain.isEmpty()) {
      patterns = new Exceptions(problems, rule, parameters).apply(plain, target);
      reader.finish(parameters);
    }
    Ladders ladders = new Ladders(rule, problems);
    List<Rung> ladder = ladders.read();
    Times times = new Times(rule, problems);
    Optional<TimesOfWeek> within = times.read();
    if (within.isPresent() && !patterns.isEmpty()) {
      patterns = times.apply(within.get(), patterns, target, ladder);
    }
    SortedSet<WorkloadKind> actsOn = new TreeSet<>();
    rule.words("acts_on", RuleKeys.KINDS).forEach(word -> actsOn.add(WorkloadKind.of(word)));
    Optional<Duration> notice = rule.time("min_notice", LEAST_NOTICE, Ladders.LONGEST);
    if (!ladder.isEmpty()) {
      acting(ladders, ladder, notice);
    }
    RuleCard card = card();
    RuleMode mode = mode(card.status(), ladder);
    int version = rule.whole("version");
    Severity severity = severity();
    counted(patterns);
    if (problems.errors().size() > before || patterns.isEmpty() || ladder.isEmpty()) {
      return Optional.empty();
    }
    Rule built =
        new Rule(
            draft.id(),
            version,
            rule.text("title"),
            severity,
            rule.text("why"),
            patterns,
            target,
            ladder,
            actsOn,
            notice.orElse(Duration.ZERO),
            mode,
            card,
            limits);
    warn(built);
    return Optional.of(built);
  }

  private Severity severity() {
    String word = rule.word("severity", RuleKeys.SEVERITIES, "info");
    return Severity.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private RuleCard card() {
    String status = rule.word("status", RuleKeys.STATUSES, "stable");
    String runbook = rule.text("runbook");
    boolean address = runbook.startsWith("https://") || runbook.startsWith("http://");
    if (!runbook.isEmpty() && (!address || !runbook.chars().allMatch(c -> c > ' ' && c < 127))) {
      rule.wrong(
          RuleCode.BAD_RUNBOOK,
          "runbook",
          rule.value("runbook").orElseThrow(),
          "an address that begins with https://");
    }
    String owner = rule.text("owner");
    return new RuleCard(
        draft.pack(),
        owner.isEmpty() ? draft.owner() : owner,
        RuleCard.Status.valueOf(status.toUpperCase(Locale.ROOT)),
        rule.text("risk"),
        runbook,
        rule.scalars("false_positives").stream().map(Scalar::text).toList(),
        RuleCard.Wastes.valueOf(
            rule.word("wastes", RuleKeys.WASTES, "all").toUpperCase(Locale.ROOT)));
  }

  private RuleMode mode(RuleCard.Status status, List<Rung> ladder) {
    boolean experimental = status == RuleCard.Status.EXPERIMENTAL;
    String mode = rule.word("mode", RuleKeys.MODES, experimental ? "observe" : "act");
    boolean acts = ladder.stream().anyMatch(rung -> rung.remedy().acts());
    if (experimental && mode.equals("act") && acts) {
      rule.wrong(
          RuleCode.EXPERIMENT_ACTS, "mode", rule.value("mode").orElseThrow(), "observe or off");
    }
    return mode.equals("act") ? RuleMode.ACT : RuleMode.OBSERVE;
  }

  private void acting(Ladders ladders, List<Rung> ladder, Optional<Duration> notice) {
    written.ifPresent(of -> of.remedy(ladder));
    boolean acts = ladder.stream().anyMatch(rung -> rung.remedy().acts());
    for (String key : List.of("acts_on", "min_notice")) {
      if (acts && !rule.has(key)) {
        RuleCode code = key.equals("acts_on") ? RuleCode.ACTS_ON_NOTHING : RuleCode.NO_NOTICE;
        rule.report(code, rule.place("ladder"), "the key " + key, "none");
      }
    }
    for (String key : List.of("acts_on", "min_notice", "limits")) {
      if (!acts && rule.has(key)) {
        rule.wrong(
            RuleCode.NEVER_ACTS,
            key,
            rule.value(key).orElseThrow(),
            "a ladder with a step that acts");
      }
    }
    if (acts) {
      notice.ifPresent(of -> ladders.soon(ladder, of));
    }
  }

  private List<Pattern> patterns(Parameters parameters) {
    if (rule.has("condition")) {
      return drl(parameters);
    }
    boolean several = rule.has("subjects");
    boolean one = rule.has("subject") || rule.has("when");
    if (several == one || (one && rule.has("target"))) {
      rule.report(
          RuleCode.TWO_FORMS,
          rule.place(),
          "subject with when, or subjects",
          several ? "both" : "neither");
      return List.of();
    }
    if (one) {
      return single(parameters);
    }
    List<Pattern> patterns = new ArrayList<>();
    List<Mapping> mappings = rule.mappings("subjects", SUBJECTS);
    for (int i = 0; i < mappings.size(); i++) {
      Fields fields =
          new Fields(
              mappings.get(i), rule.below("subjects[" + i + "]"), RuleKeys.SUBJECT, problems);
      subject(fields, patterns, parameters).ifPresent(patterns::add);
    }
    return patterns.size() == mappings.size() ? patterns : List.of();
  }

  private List<Pattern> drl(Parameters parameters) {
    boolean known = rule.word("condition", List.of("drl"), "").equals("drl");
    for (String key : List.of("subject", "when", "subjects", "target")) {
      if (rule.has(key)) {
        rule.wrong(RuleCode.TWO_FORMS, key, rule.value(key).orElseThrow(), "condition: drl alone");
      }
    }
    written = known ? drl.condition(draft, rule, parameters) : Optional.empty();
    return written.map(DrlCondition::patterns).orElse(List.of());
  }

  private List<Pattern> single(Parameters parameters) {
    for (String key : List.of("subject", "when")) {
      if (!rule.has(key)) {
        rule.report(RuleCode.MISSING_KEY, rule.place(), "the key " + key, "none");
      }
    }
    Optional<SubjectKind> kind = kind(rule, "subject");
    Optional<Condition> condition =
        kind.flatMap(
            of ->
                rule.value("when")
                    .flatMap(
                        when ->
                            new ConditionReader(problems, of, parameters)
                                .read(when, rule.below("when"))));
    return condition
        .map(of -> new Pattern(alias(kind.orElseThrow()), kind.orElseThrow(), of, Optional.empty()))
        .map(List::of)
        .orElse(List.of());
  }

  private static String alias(SubjectKind kind) {
    return kind.text().substring(0, 1);
  }

  private static Optional<SubjectKind> kind(Fields fields, String key) {
    return fields
        .scalar(key)
        .flatMap(
            scalar -> {
              if (RuleKeys.SUBJECTS.contains(scalar.text())) {
                return Optional.of(SubjectKind.of(scalar.text()));
              }
              fields.wrong(RuleCode.BAD_SUBJECT, key, scalar, "workload, gpu, run or endpoint");
              return Optional.empty();
            });
  }

  private Optional<Pattern> subject(Fields fields, List<Pattern> earlier, Parameters parameters) {
    String alias = fields.text("as");
    List<String> aliases = earlier.stream().map(Pattern::alias).toList();
    boolean named = !alias.isEmpty() && alias.chars().allMatch(c -> c >= 'a' && c <= 'z');
    if (fields.has("as") && (!named || aliases.contains(alias))) {
      fields.wrong(
          RuleCode.BAD_ALIAS,
          "as",
          fields.value("as").orElseThrow(),
          "small letters, each name once");
    }
    Optional<SubjectKind> kind = kind(fields, "is");
    Optional<Join> join = Joins.read(fields, alias, aliases);
    Optional<Condition> condition =
        kind.flatMap(
            of ->
                fields
                    .value("when")
                    .flatMap(
                        when ->
                            new ConditionReader(problems, of, parameters)
                                .read(when, fields.below("when"))));
    return condition.map(of -> new Pattern(alias, kind.orElseThrow(), of, join));
  }

  private String target(List<Pattern> patterns) {
    if (written.isPresent()) {
      return written.get().target();
    }
    if (patterns.isEmpty() || !rule.has("subjects")) {
      return patterns.isEmpty() ? "" : patterns.getFirst().alias();
    }
    String target = rule.text("target");
    List<String> aliases = patterns.stream().map(Pattern::alias).toList();
    if (!rule.has("target")) {
      rule.report(RuleCode.MISSING_KEY, rule.place(), "the key target", "none");
    } else if (!aliases.contains(target)) {
      problems.add(
          new RuleProblem(
              RuleCode.UNKNOWN_ALIAS,
              rule.place("target"),
              Fields.width(target),
              rule.below("target"),
              "one of " + String.join(", ", aliases),
              Masking.quoted(target),
              Nearest.to(target, aliases)));
    }
    return target;
  }

  private void counted(List<Pattern> patterns) {
    long comparisons =
        patterns.stream().mapToLong(of -> Conditions.comparisons(of.condition()).size()).sum();
    if (comparisons > COMPARISONS) {
      rule.report(RuleCode.TOO_MANY, rule.place(), "at most 200 comparisons", comparisons + "");
    }
  }

  private void warn(Rule built) {
    if (built.card().status() == RuleCard.Status.DEPRECATED) {
      rule.report(
          RuleCode.DEPRECATED_RULE, rule.place("status"), "a rule that stays", "deprecated");
    }
    Optional<String> alone = built.acts() ? Witnessed.alone(built) : Optional.empty();
    alone.ifPresent(
        group ->
            rule.report(
                RuleCode.ONE_WITNESS,
                rule.place(
                    rule.has("subjects") ? "subjects" : rule.has("when") ? "when" : "condition"),
                "witnesses of two groups in every branch",
                group));
  }

  /** Whether a rule is turned off, by itself or by an override. */
  static boolean off(Draft draft) {
    Entry mode = draft.mapping().entries().get("mode");
    return mode != null && mode.value() instanceof Scalar of && of.text().equals("off");
  }

  /** Letters, digits and dashes. */
  static boolean isName(String text, int longest) {
    return !text.isEmpty()
        && text.length() <= longest
        && text.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '-');
  }
}
