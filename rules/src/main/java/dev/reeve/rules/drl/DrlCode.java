package dev.reeve.rules.drl;

/** What the gate refuses. A number is never given to something else. */
public enum DrlCode implements Explained {
  ALONE(
      "RV0901",
      "A .drl file without its YAML file",
      "A condition alone has no ladder, no notice and no limits.",
      "Put a YAML file of the same name beside it: 60-special.yaml for 60-special.drl."),
  UNDECLARED(
      "RV0902",
      "A rule in DRL that no YAML file declares",
      "It would judge nothing: what is done, when and to whom stands in YAML.",
      "In the YAML file of the same name: a rule of that id with `condition: drl`."),
  LACKING(
      "RV0903",
      "A rule whose condition is said to be in DRL, and is not",
      "Without a condition it would judge nothing.",
      "In the .drl file of the same name: rule \"ID\" when ... then decide.REMEDY($w); end"),
  TWICE(
      "RV0904",
      "Two rules of one name in DRL",
      "One of the two would silently win.",
      "Keep one of them; for either of two conditions, write || inside a constraint."),
  TOO_LARGE(
      "RV0905",
      "Too large, or nested too deeply",
      "A .drl file has at most 64 KiB, lines of 1,000 characters, 16 levels of brackets and 8"
          + " operations in a number.",
      "Split the file or the rule."),
  CHARACTER(
      "RV0906",
      "A character that DRL does not have here",
      "Escapes and letters that only look like others let a file say something else than its"
          + " reader sees.",
      "Plain ASCII outside of strings and comments; no backslash anywhere but in comments."),
  SYNTAX(
      "RV0907",
      "The rule cannot be read",
      "Something is missing, or stands where it does not belong.",
      "rule \"ID\" when $w : Workload(gpu_utilization_max_30m < 0.01) then decide.warn($w); end"),
  STATEMENT(
      "RV0908",
      "A statement that is no rule",
      "Functions, declarations, globals, queries and imports bring code or state into the engine.",
      "Nothing but rules: Workload, Gpu, Run and Endpoint are known without an import."),
  ATTRIBUTE(
      "RV0909",
      "An attribute or annotation",
      "Some run code when the rules are loaded, and others let one rule silence another.",
      "Leave it out. When a rule judges and how often stands in YAML: times, limits, throttle."),
  ABSENCE(
      "RV0910",
      "'not', 'forall' and '!' are not offered",
      "They hold where nothing is known. Absence is not evidence: a dead exporter is not idleness.",
      "The opposite comparison, which holds only on what was seen: gpu_power_max_30m >= 60."),
  COUNTING(
      "RV0911",
      "Counting and collecting are not offered",
      "A count is low where subjects are not seen. Absence is not evidence.",
      "The board's own folds: a window of a workload covers all its GPUs; workload_gpus counts"
          + " them."),
  EXISTS(
      "RV0912",
      "'exists' is not offered",
      "The answer of an open episode names each subject that it rests on, and 'exists' names none.",
      "A pattern of its own, joined: $g : Gpu(owner == $w.subject, ...). Findings stay unique for"
          + " each rule and subject."),
  CODE(
      "RV0913",
      "Code in a condition",
      "Calls, 'new', casts, class names, 'eval' and 'from' run whatever they name.",
      "Fields, numbers and + - * / alone: gpu_power_mean_10m < 0.5 * gpu_power_max_1h."),
  OPERATOR(
      "RV0914",
      "An operator that is not offered",
      "Texts are matched in linear time or not at all, and sets hide what is compared.",
      "< <= > >= and ==. Names belong into the YAML file's `except`; for one of several kinds:"
          + " workload_kind == \"training\" || workload_kind == \"batch\"."),
  NOT_EQUAL(
      "RV0915",
      "'!=' is not offered in DRL",
      "On measured numbers it is true by noise, and on kinds it would match what is unknown.",
      "x < 3 || x > 3 for counts; workload_kind == \"training\" || ... for kinds."),
  CONSEQUENCE(
      "RV0916",
      "A consequence that does something",
      "Rules only propose. What stands behind 'then' is never run as code.",
      "Exactly one: decide.REMEDY($w);"),
  FIELD(
      "RV0917",
      "No such field",
      "A window is written signal_statistic_span, an attribute with _ for its dot, a cost with its"
          + " currency.",
      "gpu_engine_active_max_30m, workload_gpus, run_not_finite, cost_rate_usd, workload_kind"),
  TYPE(
      "RV0918",
      "Not a subject that can be judged",
      "Patterns name Workload, Gpu, Run or Endpoint.",
      "$w : Workload(...)"),
  BETWEEN(
      "RV0919",
      "'or' or 'and' between patterns",
      "Between patterns 'or' makes two rules of one, and each would fire.",
      "|| inside a constraint: Workload(a < 1 || b < 1). Patterns one after the other all hold."),
  REMEDY(
      "RV0920",
      "Not a remedy of the rule's ladder",
      "The ladder in YAML says what is done and when; both files must mean the same.",
      "decide.terminate($w) where the ladder has a step such as `terminate at 2h`."),
  JOIN(
      "RV0921",
      "Not a join",
      "Each pattern after the first is tied to an earlier one by equality of subject, owner or"
          + " group; a loose pair is everything.",
      "$g : Gpu(owner == $w.subject, ...), once in each pattern after the first"),
  NUMBER(
      "RV0922",
      "Not a plain number",
      "Numbers stand in the base unit of what they are compared with: shares from 0 to 1, seconds,"
          + " bytes, watts. They have no suffix and no exponent.",
      "0.01 for 1 %, 1800 for 30m, 1073741824 for 1 GiB");

  private final String text;
  private final String title;
  private final String why;
  private final String instead;

  DrlCode(String text, String title, String why, String instead) {
    this.text = text;
    this.title = title;
    this.why = why;
    this.instead = instead;
  }

  @Override
  public Explanation explanation() {
    return new Explanation(text, title, why, instead);
  }
}
