package dev.reeve.rules.drl;

import java.util.List;
import java.util.Optional;

/**
 * A file as the gate read it.
 *
 * @param names of all rules that it seems to hold, those that were refused too
 */
public record DrlFile(List<DrlRule> rules, List<String> names, List<Refused> refused) {
  /** In bytes. */
  public static final int LARGEST = 64 << 10;

  public static final int LONGEST_LINE = 1_000;

  public DrlFile {
    rules = List.copyOf(rules);
    names = List.copyOf(names);
    refused = List.copyOf(refused);
  }

  /** The rule of that name, if the file has it and it was let through. */
  public Optional<DrlRule> rule(String id) {
    return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  /** Whatever the text is, there is an answer. */
  public static DrlFile read(String text) {
    return DrlLexer.read(text);
  }
}
