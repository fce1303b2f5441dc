package dev.reeve.rules;

import dev.reeve.json.Json;
import dev.reeve.json.JsonException;
import dev.reeve.model.Rule;
import dev.reeve.model.SlotTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;

/** What must be true of rules that were let through, whoever wrote them. */
public final class Accepted {
  private static final int REMEMBERED = 100_000;

  /** Hashes of renderings that were compiled. */
  private static final Set<Integer> COMPILED = new HashSet<>();

  private Accepted() {}

  /** How many different sets the engine has compiled so far. */
  public static int compiled() {
    return COMPILED.size();
  }

  /**
   * They outlive their archive, and their rendering is what the engine's parser reads: as many
   * rules, which decide and do nothing else.
   *
   * @param every one of so many renderings is compiled, chosen by its hash
   */
  public static void check(List<Rule> rules, int every) {
    for (Rule rule : rules) {
      try {
        Rule again = RuleReader.rule(Json.readObject(Json.write(RuleWriter.json(rule))));
        if (!again.equals(rule)) {
          throw new AssertionError("is read again as another rule: " + rule + "\nas: " + again);
        }
      } catch (JsonException wrong) {
        throw new AssertionError("cannot be read again: " + rule, wrong);
      }
    }
    String text = new RuleRenderer(SlotTable.of(rules)).text(rules);
    parsed(rules, text);
    boolean chosen = Math.floorMod(text.hashCode() * 0x9e3779b9, every) == 0;
    if (chosen && COMPILED.size() < REMEMBERED && COMPILED.add(text.hashCode())) {
      CompiledRules compiled = RuleCompiler.compile(rules);
      if (compiled.rules().size() != rules.size()) {
        throw new AssertionError("compiles to other rules: " + text);
      }
    }
  }

  private static void parsed(List<Rule> rules, String text) {
    DrlParser parser = new DrlParser();
    PackageDescr read;
    try {
      read = parser.parse(false, text);
    } catch (DroolsParserException wrong) {
      throw new AssertionError(text, wrong);
    }
    if (parser.hasErrors() || read.getRules().size() != rules.size()) {
      throw new AssertionError("the engine's parser says " + parser.getErrors() + "\n" + text);
    }
    boolean functions = !read.getFunctions().isEmpty() || !read.getTypeDeclarations().isEmpty();
    if (functions || read.getGlobals().size() != 1) {
      throw new AssertionError("more than rules: " + text);
    }
    for (RuleDescr rule : read.getRules()) {
      String does = String.valueOf(rule.getConsequence()).strip();
      boolean decides = does.startsWith("decide.") && does.indexOf(';') == does.length() - 1;
      if (!decides || !rule.getAttributes().isEmpty()) {
        throw new AssertionError("does more than decide: " + text);
      }
    }
  }
}
