package dev.reeve.rules;

import dev.reeve.model.Condition;
import dev.reeve.model.Conditions;
import dev.reeve.model.Expression;
import dev.reeve.model.Fact;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.SlotTable;
import dev.reeve.spi.RuleEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;

/** The same rules written for other shapes of facts, for measuring alone. */
final class ShapeTexts {
  private ShapeTexts() {}

  static String slotsByOperators(List<Rule> rules) {
    SlotTable table = SlotTable.of(rules);
    return new RuleRenderer(table)
        .text(rules)
        .replaceAll("Comparison\\.LESS\\.holds\\((value\\(\\d+\\)), ([0-9.]+)\\)", "$1 < $2")
        .replaceAll("Comparison\\.GREATER\\.holds\\((value\\(\\d+\\)), ([0-9.]+)\\)", "$1 > $2");
  }

  static String fields(List<Rule> rules) {
    return text(
        rules,
        "FieldsFact",
        (pattern, comparisons) ->
            comparisons.stream()
                .map(c -> "(known(" + c.slot() + ") && s" + c.slot() + " " + c.rest() + ")")
                .collect(Collectors.joining(", ")));
  }

  static String windows(List<Rule> rules) {
    StringBuilder out = new StringBuilder(head("WindowFact"));
    SlotTable table = SlotTable.of(rules);
    for (Rule rule : rules) {
      out.append("rule \"").append(rule.id()).append("\"\nwhen\n");
      int n = 0;
      String tie = "";
      for (Pattern pattern : rule.patterns()) {
        String variable = "$" + n;
        for (Part part : parts(table, pattern)) {
          out.append("  $").append(n++).append(" : WindowFact(type == \"");
          out.append(pattern.kind().text()).append("\", slot == ").append(part.slot());
          out.append(tie).append(", value ").append(part.rest()).append(")\n");
          tie = ", subject == " + variable + ".subject";
        }
        tie = ", subject == $0.owner";
      }
      out.append("then\n  decide.found(\"").append(rule.id()).append("\");\nend\n");
    }
    return out.toString();
  }

  private static String text(
      List<Rule> rules, String type, BiFunction<Pattern, List<Part>, String> constraints) {
    StringBuilder out = new StringBuilder(head(type));
    SlotTable table = SlotTable.of(rules);
    for (Rule rule : rules) {
      out.append("rule \"").append(rule.id()).append("\"\nwhen\n");
      for (int i = 0; i < rule.patterns().size(); i++) {
        Pattern pattern = rule.patterns().get(i);
        out.append("  $").append(i).append(" : ").append(type).append("(type == \"");
        out.append(pattern.kind().text()).append("\"");
        out.append(i == 0 ? "" : ", subject != \"\", subject == $0.owner");
        out.append(", ").append(constraints.apply(pattern, parts(table, pattern))).append(")\n");
      }
      out.append("then\n  decide.found(\"").append(rule.id()).append("\");\nend\n");
    }
    return out.toString();
  }

  private static String head(String type) {
    return "package "
        + RuleRenderer.PACKAGE
        + ";\nimport dev.reeve.rules."
        + type
        + ";\nglobal dev.reeve.rules.Decide decide;\n";
  }

  private static List<Part> parts(SlotTable table, Pattern pattern) {
    List<Part> parts = new ArrayList<>();
    for (Condition.Compare compare : Conditions.comparisons(pattern.condition())) {
      var asked = (Expression.Ask) compare.left();
      var limit = (Expression.Constant) compare.right();
      parts.add(
          new Part(
              table.slot(pattern.kind(), asked.feature()),
              compare.comparison().text() + " " + limit.value()));
    }
    return parts;
  }

  static Object fields(Fact fact) {
    double[] values = new double[8];
    long known = 0;
    for (int i = 0; i < fact.slots().size(); i++) {
      values[i] = fact.value(i);
      known |= fact.known(i) ? 1L << i : 0;
    }
    return new FieldsFact(
        fact.subjectKind().text(),
        fact.subject(),
        fact.owner(),
        known,
        values[0],
        values[1],
        values[2],
        values[3],
        values[4],
        values[5],
        values[6],
        values[7]);
  }

  static Stream<Object> windows(Fact fact) {
    return IntStream.range(0, fact.slots().size())
        .filter(fact::known)
        .mapToObj(
            slot ->
                new WindowFact(
                    fact.subjectKind().text(),
                    fact.subject(),
                    fact.owner(),
                    slot,
                    fact.value(slot)));
  }

  static KieBase base(RuleEngine engine) {
    return ((DroolsRuleEngine) engine).base();
  }

  static KieBase base(String text) throws ReflectiveOperationException {
    CompiledRules compiled = RuleCompiler.compile(List.of(), text);
    Class<?> model = new RuleClasses(compiled).loadClass(compiled.model());
    return KieBaseBuilder.createKieBaseFromModel(
        (Model) model.getDeclaredConstructor().newInstance());
  }

  private record Part(int slot, String rest) {}
}
