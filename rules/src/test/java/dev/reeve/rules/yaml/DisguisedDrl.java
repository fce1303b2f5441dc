package dev.reeve.rules.yaml;

import dev.reeve.rules.yaml.Canaries.Bird;
import java.util.ArrayList;
import java.util.List;

/**
 * Each construct of the full language that runs code, in each disguise, for each canary: what
 * {@link HostileDrl} lists by hand, multiplied out. The same text that the gate is to refuse is run
 * by the engine itself in {@link CanaryControlTest}.
 */
final class DisguisedDrl {
  private static final String BEGINS = "\u0001";
  private static final String ENDS = "\u0002";

  /** What the engine, with the parts of it that are installed here, runs of it. */
  private enum Runs {
    ALL,
    /** All but what throws checked exceptions, which its generated code does not expect. */
    UNCHECKED,
    NONE
  }

  /**
   * Where code can stand. What is hostile lies between the marks; {@code CODE} is a truth, {@code
   * VOID} a statement.
   */
  enum Construct {
    CONSEQUENCE(
        "RV0916", Runs.ALL, rule("", "workload_gpus > 1", "«VOID»\n  decide.terminate($w);")),
    SECOND_CONSEQUENCE(
        "RV0916", Runs.ALL, rule("", "workload_gpus > 1", "decide.terminate($w);\n«VOID»")),
    CONSTRAINT(
        "RV0913", Runs.ALL, rule("", "«CODE || workload_gpus > 1»", "decide.terminate($w);")),
    LATER_CONSTRAINT(
        "RV0913", Runs.ALL, rule("", "workload_gpus > 1, «CODE»", "decide.terminate($w);")),
    ARGUMENT(
        "RV0916", Runs.ALL, rule("", "workload_gpus > 1", "decide.terminate(«CODE ? $w : $w»);")),
    INLINE_ACCUMULATE(
        "RV0918",
        Runs.NONE,
        """
        rule "special"
        when
          $w : Workload(workload_gpus > 1)
          «$n : Number() from accumulate(Gpu($g : gpu_unheld),
              init(int n = 0;) action(VOID n++;) reverse() result(n))»
        then
          decide.terminate($w);
        end
        """),
    ACCUMULATE(
        "RV0911",
        Runs.ALL,
        """
        rule "special"
        when
          $w : Workload(workload_gpus > 1)
          «accumulate(Gpu(CODE, $g : gpu_unheld); $n : count($g))»
        then
          decide.terminate($w);
        end
        """),
    EVAL(
        "RV0913",
        Runs.UNCHECKED,
        """
        rule "special"
        when
          $w : Workload(workload_gpus > 1)
          «eval(CODE)»
        then
          decide.terminate($w);
        end
        """),
    FROM(
        "RV0913",
        Runs.UNCHECKED,
        """
        rule "special"
        when
          $w : Workload(workload_gpus > 1) «from java.util.List.of(new Workload(), CODE)»
        then
          decide.terminate($w);
        end
        """),
    SALIENCE(
        "RV0909",
        Runs.UNCHECKED,
        rule("«salience (CODE ? 1 : 2)»\n", "workload_gpus > 1", "decide.terminate($w);")),
    ENABLED(
        "RV0909",
        Runs.UNCHECKED,
        rule("«enabled (CODE)»\n", "workload_gpus > 1", "decide.terminate($w);")),
    TIMER(
        "RV0909",
        Runs.NONE,
        rule("«timer (expr: CODE)»\n", "workload_gpus > 1", "decide.terminate($w);")),
    EXPIRES(
        "RV0909",
        Runs.NONE,
        rule("«@expires(CODE)»\n", "workload_gpus > 1", "decide.terminate($w);")),
    FUNCTION(
        "RV0908",
        Runs.ALL,
        "«function int f() { return (CODE) ? 1 : 2; }»\n"
            + rule("salience (f())\n", "workload_gpus > 1", "decide.terminate($w);")),
    DECLARE(
        "RV0908",
        Runs.UNCHECKED,
        "«declare X f : boolean = CODE end»\n"
            + rule("", "workload_gpus > 1", "decide.terminate($w); new X();"));

    private final String code;
    private final Runs runs;
    private final String text;

    Construct(String code, Runs runs, String text) {
      this.code = code;
      this.runs = runs;
      this.text = text.replace("«", BEGINS).replace("»", ENDS);
    }

    /** Whether the engine runs it when nobody stands before it. */
    boolean runs(Bird bird) {
      return switch (runs) {
        case ALL -> true;
        case UNCHECKED -> bird != Bird.SOCKET;
        case NONE -> false;
      };
    }
  }

  /** How code is made to look like something else; some are refused whatever the construct is. */
  enum Disguise {
    PLAIN(""),
    ESCAPED("RV0906"),
    COMMENTED(""),
    NESTED(""),
    GENERIC(""),
    SPREAD(""),
    CAST(""),
    MARKED("RV0009"),
    HUGE("RV0905"),
    LONG_LINE("RV0905");

    private final String code;

    Disguise(String code) {
      this.code = code;
    }

    private String of(String text) {
      return switch (this) {
        case PLAIN, MARKED, HUGE, LONG_LINE -> text;
        case ESCAPED -> text.replace("System", "\\u0053ystem").replace("java", "\\u006a\\u0061va");
        case COMMENTED -> text.replace(".", "/* a */ . /**/").replace("(", "/*)*/(");
        case NESTED -> "(".repeat(12) + text + ")".repeat(12);
        case GENERIC -> "java.util.Optional.<Boolean>of(" + text + ").get()";
        case SPREAD -> text.replace(".", "\n\t.\n").replace("(", " (\n");
        case CAST -> "((Boolean) (Object) (" + text + "))";
      };
    }
  }

  /**
   * One file.
   *
   * @param from the first character that it may be refused at, in the file
   * @param to behind the last one
   */
  record File(Construct construct, Disguise disguise, Bird bird, String text, int from, int to) {
    String name() {
      return construct + " " + disguise + " " + bird;
    }

    String code() {
      return disguise.code.isEmpty() ? construct.code : disguise.code;
    }

    /** Line and column of a character, counted from one. */
    boolean within(int line, int column) {
      int at = 0;
      for (int i = 1; i < line; i++) {
        at = text.indexOf('\n', at) + 1;
      }
      int index = at + column - 1;
      return index >= from && index < to;
    }
  }

  private DisguisedDrl() {}

  private static String rule(String attribute, String constraints, String consequence) {
    return "rule \"special\"\n"
        + attribute
        + "when\n  $w : Workload("
        + constraints
        + ")\nthen\n  "
        + consequence
        + "\nend\n";
  }

  static List<File> all(Canaries canaries) {
    List<File> files = new ArrayList<>();
    for (Construct construct : Construct.values()) {
      for (Disguise disguise : Disguise.values()) {
        for (Bird bird : Bird.values()) {
          files.add(file(construct, disguise, bird, canaries));
        }
      }
    }
    return files;
  }

  static File file(Construct construct, Disguise disguise, Bird bird, Canaries canaries) {
    String code = disguise.of(code(bird));
    String text = construct.text.replace("VOID", "if (" + code + ") { }").replace("CODE", code);
    text = canaries.aimed(text);
    text =
        switch (disguise) {
          case MARKED -> BEGINS + "\ufeff" + ENDS + unmarked(text);
          case HUGE -> BEGINS + unmarked(text) + ENDS + "// a line of nothing\n".repeat(3_200);
          case LONG_LINE ->
              text.replace(BEGINS, " ".repeat(1_000) + BEGINS).replace(ENDS, ENDS + " ");
          default -> text;
        };
    int from = text.indexOf(BEGINS);
    int to = text.indexOf(ENDS) - 1;
    if (disguise == Disguise.LONG_LINE) {
      to = text.indexOf('\n', to) < 0 ? to : Math.max(to, text.indexOf('\n', to));
      from = from - 1_000;
    }
    return new File(construct, disguise, bird, unmarked(text), from, to);
  }

  private static String unmarked(String text) {
    return text.replace(BEGINS, "").replace(ENDS, "");
  }

  /** A truth that does something. */
  private static String code(Bird bird) {
    return switch (bird) {
      case PROPERTY -> "System.setProperty(\"NAME\", \"x\") == null";
      case FILE -> "new java.io.File(\"CANARY\").mkdir()";
      case SOCKET -> "new java.net.Socket(\"localhost\", PORT).isConnected()";
    };
  }
}
