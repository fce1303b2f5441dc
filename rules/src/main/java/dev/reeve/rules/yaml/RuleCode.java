package dev.reeve.rules.yaml;

import dev.reeve.rules.drl.Explained;

/** All that can be wrong with a rule file. A number is never given to something else. */
enum RuleCode implements Explained {
  UNREADABLE(
      "RV0001",
      "The file cannot be read",
      "It is not there, or this user may not read it.",
      "Name a file that exists, and let the user that runs Reeve read it."),
  NOT_A_FILE(
      "RV0002",
      "A link, or no regular file",
      "A link can be led elsewhere after the check; a pipe can hold the reader up.",
      "Name the file itself. For a folder, name the folder: its *.yaml and *.drl files are read."),
  FOREIGN_OWNER(
      "RV0003",
      "The file, or a folder above it, belongs to another user",
      "Whoever owns a rule file decides what may be terminated.",
      "chown it to root, or to the user that runs Reeve."),
  WRITABLE(
      "RV0004",
      "Others may write the file",
      "Whoever can write a rule file decides what may be terminated.",
      "chmod go-w FILE. In a checkout, where the daemon reads nothing: --ignore-permissions."),
  FOLDER_WRITABLE(
      "RV0005",
      "Others may write a folder above the file",
      "Whoever can write the folder can put another file in its place.",
      "chmod go-w FOLDER; a folder with the sticky bit, such as /tmp, is fine."),
  TOO_LARGE(
      "RV0006", "The file is too large", "Files have at most 1 MiB.", "Split it into several."),
  CHANGED(
      "RV0007",
      "The file changed while it was read",
      "What was read may be half of the old and half of the new text.",
      "Try again when it is written; write a new file and rename it."),
  NOT_UTF8("RV0008", "The file is not UTF-8", "Rule files are UTF-8.", "Save it as UTF-8."),
  HIDDEN_CHARACTER(
      "RV0009",
      "A character that cannot be seen",
      "Controls and marks that turn text let a file say something else than its reader sees.",
      "Remove the character."),
  NOT_YAML("RV0101", "Not YAML", "YAML itself cannot make sense of it.", "See the place."),
  TAB(
      "RV0102",
      "A tab where YAML wants spaces",
      "YAML indents by spaces alone.",
      "Indent by two spaces."),
  ANCHOR(
      "RV0103",
      "An anchor",
      "Anchors make a value count in places where it does not stand.",
      "Write the value in each place, or use a parameter."),
  ALIAS(
      "RV0104",
      "An alias",
      "Aliases can make a small file explode, and hide what a rule says.",
      "Write the value itself, or use a parameter."),
  TAG("RV0105", "A tag", "Tags ask for types that files do not have.", "Write the plain value."),
  DUPLICATE_KEY(
      "RV0106",
      "A key that stands there twice",
      "One of the two would silently win.",
      "Keep one of them."),
  KEY_NAME("RV0107", "A key without a name", "Keys are texts.", "Write the name of the key."),
  TOO_DEEP(
      "RV0108",
      "Nested too deeply",
      "At most 32 levels of YAML.",
      "Split the rule, or use 'and' and 'or' within one text."),
  SECOND_DOCUMENT(
      "RV0109",
      "A second document",
      "A file is one pack; what stands behind '---' would not be read.",
      "Make it a file of its own."),
  UNKNOWN_KEY(
      "RV0110",
      "An unknown key",
      "A key that nobody reads looks as if it did something.",
      "Use one of the keys that are listed; `reeve schema rules` shows them all."),
  MISSING_KEY("RV0111", "A key is missing", "The rule cannot be read without it.", "Add the key."),
  WRONG_TYPE(
      "RV0112",
      "Another kind of value is needed",
      "The value is a list where a text belongs, or the like.",
      "See what was expected."),
  TOO_MANY(
      "RV0113",
      "Too many",
      "100,000 values and 200 rules a file; 4 subjects, 32 parameters, 64 exceptions, 200"
          + " comparisons a rule.",
      "Split the file or the rule."),
  TOO_LONG(
      "RV0114",
      "The text is too long",
      "Texts for people have 2,000 characters, conditions" + " 4,000, names 128.",
      "Shorten it."),
  BAD_ID(
      "RV0201",
      "Not a name for a rule",
      "Ids stand in the journal, in metrics and in commands.",
      "1 to 64 letters, digits and dashes."),
  SAME_ID(
      "RV0202",
      "Two rules of one id",
      "Episodes, limits and overrides are found by the id.",
      "Rename one; to change a rule of another file, write an override."),
  UNKNOWN_WORD(
      "RV0203",
      "Not one of the words that belong here",
      "Words are matched exactly.",
      "Use one of the words that are listed."),
  BAD_NUMBER(
      "RV0204",
      "Not a number that fits here",
      "Versions count up from 1.",
      "A whole number from 1 to 1,000,000."),
  EXPERIMENT_ACTS(
      "RV0205",
      "An experimental rule that acts",
      "What nobody has watched yet must not stop anything.",
      "status: stable when it has proved itself, or mode: observe."),
  BAD_RUNBOOK(
      "RV0206",
      "Not the address of a runbook",
      "It is shown to owners as a link.",
      "An address that begins with https:// or http://, without blanks."),
  BAD_STEP(
      "RV0301",
      "Not a step of a ladder",
      "A step says what to do, and when, counted from the start of the evidence.",
      "warn at 30m; suspend at 1h; terminate at 2h; downsize to 1 at 1h; migrate to NAME at 1h"),
  UNKNOWN_REMEDY(
      "RV0302",
      "No such remedy",
      "Remedies are matched exactly.",
      "warn, downsize, suspend, migrate, drain or terminate."),
  FIRST_WARN(
      "RV0303",
      "The ladder does not begin with a warning",
      "Nothing is done to a workload whose owner was not told.",
      "Begin with a step such as `warn at 30m`."),
  SECOND_WARN(
      "RV0304",
      "A second warning",
      "The owner is told once in an episode; a second step would do nothing.",
      "Keep the first."),
  TOO_SOON(
      "RV0305",
      "Acts before the notice has passed",
      "No step comes sooner than min_notice after the warning; this time would mean nothing.",
      "Move the step, the warning or min_notice."),
  ACTS_ON_NOTHING(
      "RV0306",
      "Acts, but on no kind of workload",
      "A rule acts only on the kinds that it names; all others are only warned.",
      "acts_on: [training, batch]"),
  NEVER_ACTS(
      "RV0307",
      "Says how it acts, but never does",
      "acts_on, min_notice and limits do nothing for a ladder that only warns.",
      "Remove the key, or add a step that acts."),
  NO_NOTICE(
      "RV0308",
      "Acts without notice",
      "An owner needs time to object.",
      "min_notice: 15m; at least 1m."),
  BAD_TIME(
      "RV0309",
      "Not a time that fits here",
      "Times have units: 90s, 30m, 1h30m, 2d. Steps and notices take up to 30d.",
      "A time such as 30m."),
  STEP_ORDER(
      "RV0310",
      "Two steps at the same time",
      "One of them would never be due alone.",
      "Give each step its own time."),
  BAD_TIMES(
      "RV0311",
      "Not times of the week in which the rule can hold",
      "A rule whose times nobody can read must not judge around the clock.",
      "times: [mon-fri 08:00-18:00 Europe/Berlin, sat 22:00-06:00 UTC]"),
  BAD_LIMIT(
      "RV0312",
      "Not a limit",
      "A limit counts one thing over a time; what it cannot read would limit nothing.",
      "limits: [{actions: 3, per: 1d, each: owner}]; throttle: [{notices: 1, per: 1d}]"),
  BAD_CHARACTER(
      "RV0401",
      "A character that conditions do not have",
      "The language has names, numbers with units, $parameters, + - * / < <= > >= and brackets.",
      "Remove the character."),
  BAD_SYNTAX(
      "RV0402",
      "The condition cannot be read",
      "Something is missing, or stands where it does not belong.",
      "max(gpu.engine_active, 30m) < 1% and workload.gpus > 1"),
  BAD_QUANTITY(
      "RV0403",
      "Not a number with a known unit",
      "Units: %, x, s m h d, B kB KiB MB MiB GB GiB TB TiB, the same with /s, W kW, J kJ MJ, C, Hz"
          + " kHz MHz GHz, cores, /s, USD/h and the other currencies. Numbers have at most 15"
          + " digits and 9 decimals, without exponent.",
      "1%, 30m, 300 W, 10 MiB/s, 2.50 USD/h"),
  UNKNOWN_NAME(
      "RV0404",
      "No such signal or attribute",
      "Names are matched exactly; the list stands in docs/rules.md.",
      "max(gpu.engine_active, 30m), run.not_finite"),
  UNKNOWN_STATISTIC(
      "RV0405",
      "No such statistic",
      "A window has min, max and mean; a counter has increase; a histogram has p50 p90 p95 p99.",
      "max(gpu.engine_active, 30m)"),
  WRONG_STATISTIC(
      "RV0406",
      "A statistic that cannot be used here",
      "Counters have an increase, histograms quantiles, times or by what is never negative.",
      "increase(gpu.energy, 1h), mean(gpu.power, 10m), p95(endpoint.ttft, 1h)"),
  BAD_SPAN("RV0407", "Not a span", "Windows span 1m to 24h.", "max(gpu.engine_active, 30m)"),
  MIXED_UNITS(
      "RV0408",
      "Units that do not fit",
      "Only equal units are compared or added; one side of * is plain; / is by the same or plain.",
      "mean(gpu.power, 10m) < 0.5 * max(gpu.power, 1h)"),
  NOT(
      "RV0409",
      "'not' is not offered",
      "It would hold where nothing is known: a dead exporter is not idleness.",
      "The opposite, which holds only on what was seen: `x >= 1%`, not `not x < 1%`."),
  NOT_EQUAL(
      "RV0410",
      "'!=' is not offered",
      "On measured numbers it is true by noise, and on kinds it would match what is unknown.",
      "`x < 3 or x > 3` for counts; `workload.kind in [training, batch]` for kinds."),
  EQUAL(
      "RV0411",
      "'==' on numbers is not offered",
      "Two measured numbers are equal by chance: a rule with it fires or stays silent by rounding.",
      "Say a bound: `x <= 0%` instead of `x == 0%`, `x >= 3` instead of `x == 3`."),
  FOREIGN_NAME(
      "RV0412",
      "Not known of this subject",
      "It would be unknown of this kind of subject forever, so the rule could never hold.",
      "Add a subject that has it, joined to this one."),
  ASKS_NOTHING(
      "RV0413",
      "Asks nothing of the subject",
      "A comparison of constants holds for all or for none.",
      "Compare a window or an attribute."),
  ALWAYS_OR_NEVER(
      "RV0414",
      "Always true, or never",
      "Shares lie between 0% and 100%, and most other numbers are not negative.",
      "Another threshold."),
  TOO_COMPLEX(
      "RV0415",
      "Nested too deeply, or too long",
      "Conditions have at most 16 levels of brackets, 8 operations in one number and 1,000 words.",
      "Split the rule, or use parameters."),
  CHAINED(
      "RV0416",
      "Two comparisons in one",
      "`a < b < c` compares a truth with a number.",
      "a < b and b < c"),
  NOT_A_NUMBER(
      "RV0417",
      "A condition where a number belongs, or the other way round",
      "and, or and the list forms join conditions; + - * / and < join numbers.",
      "max(gpu.power, 10m) < 100 W and workload.gpus > 1"),
  BAD_KIND(
      "RV0418",
      "Not a test of the workload's kind",
      "It is training, serving, notebook, batch or interactive; unknown is never matched.",
      "workload.kind == training, workload.kind in [training, batch]"),
  CURRENCY(
      "RV0419",
      "Money without one currency",
      "A price is compared only with an amount in the same currency.",
      "cost.rate > 5 USD/h"),
  ESCAPES(
      "RV0420",
      "An escape in a condition",
      "A reader must see what is judged.",
      "Write it without quotes, in single quotes, or as a block."),
  EMPTY(
      "RV0421",
      "Nothing where conditions belong",
      "all of nothing is true for everything; any of" + " nothing is never true.",
      "Write a condition."),
  UNKNOWN_PARAMETER(
      "RV0501",
      "No such parameter",
      "A rule has the parameters that stand under its" + " params.",
      "params: {idle_below: 1%}, and $idle_below in the condition"),
  UNUSED_PARAMETER(
      "RV0502",
      "A parameter that nothing uses",
      "Changing it would do nothing.",
      "Use $NAME in the condition, or remove it."),
  BAD_PARAMETER(
      "RV0503",
      "Not a value for a parameter",
      "A parameter is a number with a unit, the" + " same unit in each case.",
      "idle_below: {default: 1%, cases: [{group: ml-*, value: 5%}]}"),
  SPAN_WITH_CASES(
      "RV0504",
      "A span that depends on a name",
      "A window is kept for all alike.",
      "Use a parameter without cases as a span."),
  BAD_PATTERN(
      "RV0505",
      "Not a pattern for names",
      "Letters, digits, blanks and ._:/@+-; * is any text, ? any one character.",
      "ml-*; ? for any other character"),
  FOREIGN_TRAIT(
      "RV0506",
      "No subject of this rule has that name",
      "Owner and group belong to workloads; the GPU model to GPUs and workloads.",
      "Add the workload as a subject, joined to the other."),
  BAD_SUBJECT(
      "RV0601",
      "Not a subject that can be judged",
      "Reeve judges workloads, GPUs, runs and endpoints; nodes and budgets are not seen yet.",
      "subject: workload, gpu, run or endpoint"),
  BAD_JOIN(
      "RV0602",
      "Not a join",
      "Subjects are tied by equality of subject, owner or group; a loose pair is everything.",
      "join: g.owner == w.subject"),
  UNKNOWN_ALIAS(
      "RV0603",
      "No subject of that name",
      "Subjects are called by their `as`, and joined" + " to earlier ones.",
      "target: w"),
  BAD_ALIAS(
      "RV0604",
      "Not a name for a subject, or a name used twice",
      "It is what joins and the target call it by.",
      "1 to 16 small letters: as: w"),
  TWO_FORMS(
      "RV0605",
      "One subject or several, not both and not neither",
      "A rule has `subject` and `when`, or `subjects`, each with its own.",
      "subject with when; subjects with join and target; or condition: drl alone"),
  UNKNOWN_RULE(
      "RV0701",
      "An override of a rule that is not there",
      "It would do nothing.",
      "Use the id of a rule in these files or of a shipped one."),
  OVERRIDDEN_TWICE(
      "RV0702",
      "Overridden twice",
      "Which one holds would depend on the order of" + " files.",
      "Keep one of them."),
  ONE_WITNESS(
      "RV0801",
      "One kind of witness is enough for it",
      "A counter stuck at zero looks idle. The guard lets no step through on one group alone.",
      "Ask two groups in every branch, such as gpu.engine_active and gpu.utilization."),
  DEPRECATED_RULE(
      "RV0802",
      "A deprecated rule",
      "It still judges, and is to be replaced.",
      "See its title or runbook for what replaces it.");

  private final String text;
  private final String title;
  private final String why;
  private final String instead;

  RuleCode(String text, String title, String why, String instead) {
    this.text = text;
    this.title = title;
    this.why = why;
    this.instead = instead;
  }

  @Override
  public Explanation explanation() {
    return new Explanation(text, title, why, instead);
  }

  @Override
  public boolean warning() {
    return this == ONE_WITNESS || this == DEPRECATED_RULE;
  }
}
