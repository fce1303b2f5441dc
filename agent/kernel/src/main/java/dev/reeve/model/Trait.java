package dev.reeve.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a rule may ask a subject's name by, for exceptions and for parameters that differ. */
public enum Trait {
  NAMESPACE(
      "namespace of the workload, or of the one that holds the GPU, reports the run or serves"),
  NAME("name of that workload"),
  OWNER("who answers for the workload"),
  GROUP("the team that cost and budgets are grouped by"),
  GPU_MODEL("model of the GPU; of a workload where all of its GPUs are of one model");

  /** Between patterns where the engine's text holds several; no pattern may contain it. */
  public static final String BETWEEN = "|";

  private static final String WORD =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String OTHERS = " ._:/@+-*?";

  private final String meaning;

  Trait(String meaning) {
    this.meaning = meaning;
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String meaning() {
    return meaning;
  }

  /** Whether subjects of that kind have it at all. */
  public boolean isOf(SubjectKind kind) {
    return switch (kind) {
      case WORKLOAD -> true;
      case GPU -> this == NAMESPACE || this == NAME || this == GPU_MODEL;
      case RUN, ENDPOINT -> this == NAMESPACE || this == NAME;
      case NODE, BUDGET -> false;
    };
  }

  /** The trait of a fact; empty where it is not known. */
  public String of(Fact fact) {
    return switch (this) {
      case OWNER -> fact.subjectKind() == SubjectKind.WORKLOAD ? fact.owner() : "";
      case GROUP -> fact.subjectKind() == SubjectKind.WORKLOAD ? fact.group() : "";
      case GPU_MODEL -> fact.slots().gpuModel();
      case NAMESPACE, NAME -> ofWorkload(fact);
    };
  }

  private String ofWorkload(Fact fact) {
    String key =
        switch (fact.subjectKind()) {
          case WORKLOAD -> fact.subject();
          case GPU, RUN, ENDPOINT -> fact.owner();
          case NODE, BUDGET -> "";
        };
    int uid = key.indexOf('#');
    String[] parts = key.substring(0, Math.max(0, uid)).split("/", -1);
    if (parts.length != 5) {
      return "";
    }
    String part = this == NAMESPACE ? parts[2] : parts[4];
    return part.replace("%2F", "/").replace("%23", "#").replace("%25", "%");
  }

  /** The answer for a fact; unknown where the trait is. */
  public Truth among(Fact fact, List<String> patterns) {
    String value = of(fact);
    return value.isEmpty() ? Truth.UNKNOWN : Truth.of(matches(value, patterns));
  }

  private static boolean matches(String value, List<String> patterns) {
    for (String pattern : patterns) {
      if (Wildcard.matches(pattern, value)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a pattern is made of letters, digits, {@code ._:/@+-}, blanks, {@code *} and {@code ?}:
   * then it needs no escape in any text that it is rendered into.
   */
  public static boolean allowed(String pattern) {
    if (pattern.isEmpty() || pattern.length() > 128) {
      return false;
    }
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (WORD.indexOf(c) < 0 && OTHERS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  static List<String> split(String patterns) {
    List<String> split = new ArrayList<>();
    int from = 0;
    for (int at = patterns.indexOf(BETWEEN); at >= 0; at = patterns.indexOf(BETWEEN, from)) {
      split.add(patterns.substring(from, at));
      from = at + 1;
    }
    split.add(patterns.substring(from));
    return split;
  }

  /** Throws {@link IllegalArgumentException} for patterns that may not be rendered. */
  static List<String> checked(List<String> patterns) {
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException("a name like none of nothing: write a pattern");
    }
    for (String pattern : patterns) {
      if (!allowed(pattern)) {
        throw new IllegalArgumentException("'" + pattern + "' is no pattern for names");
      }
    }
    return List.copyOf(patterns);
  }
}
