package dev.reeve.rules;

import dev.reeve.json.Json;
import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.model.Condition;
import dev.reeve.model.Expression;
import dev.reeve.model.Feature;
import dev.reeve.model.Limit;
import dev.reeve.model.Pattern;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleCard;
import dev.reeve.model.Rung;
import dev.reeve.model.SlotTable;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.TimesOfWeek;
import dev.reeve.model.WorkloadKind;
import java.util.Currency;
import java.util.List;
import java.util.SortedSet;

/** Rules as JSON, beside the engine's classes; {@link RuleReader} reads it again. */
final class RuleWriter {
  static final int FORMAT = 4;

  private RuleWriter() {}

  static JsonObject json(CompiledRules compiled) {
    return Json.object()
        .put("format", FORMAT)
        .put("engine", compiled.engine())
        .put("model", compiled.model())
        .put("slots", slots(SlotTable.of(compiled.rules())))
        .put("rules", Json.array(compiled.rules().stream().map(RuleWriter::json).toList()))
        .build();
  }

  static JsonObject slots(SlotTable table) {
    JsonObjectBuilder slots = Json.object();
    for (SubjectKind kind : SubjectKind.values()) {
      if (table.size(kind) > 0) {
        slots.put(
            kind.text(), Json.texts(table.features(kind).stream().map(Feature::text).toList()));
      }
    }
    return slots.build();
  }

  static JsonObject json(Rule rule) {
    return Json.object()
        .put("id", rule.id())
        .put("version", rule.version())
        .put("title", rule.title())
        .put("severity", rule.severity().text())
        .put("why", rule.why())
        .put("patterns", Json.array(rule.patterns().stream().map(RuleWriter::json).toList()))
        .put("target", rule.target())
        .put("ladder", Json.array(rule.ladder().stream().map(RuleWriter::json).toList()))
        .put("acts_on", kinds(rule.actsOn()))
        .put("min_notice", rule.minNotice().toString())
        .put("mode", rule.mode().text())
        .put("card", json(rule.card()))
        .put("limits", Json.array(rule.limits().stream().map(RuleWriter::json).toList()))
        .build();
  }

  private static JsonObject json(RuleCard card) {
    return Json.object()
        .put("pack", card.pack())
        .put("owner", card.owner())
        .put("status", card.status().text())
        .put("risk", card.risk())
        .put("runbook", card.runbook())
        .put("false_positives", Json.texts(card.falsePositives()))
        .put("wastes", card.wastes().text())
        .build();
  }

  private static JsonObject json(Limit limit) {
    return Json.object()
        .put("measure", limit.measure().text())
        .put("most", json(limit.most()))
        .put("currency", limit.currency().map(Currency::getCurrencyCode).orElse(""))
        .put("per", limit.per().toString())
        .put("each", limit.each().text())
        .build();
  }

  private static JsonObject json(Pattern pattern) {
    JsonObjectBuilder json =
        Json.object()
            .put("as", pattern.alias())
            .put("kind", pattern.kind().text())
            .put("when", json(pattern.condition()));
    pattern
        .join()
        .ifPresent(
            join ->
                json.put(
                    "join",
                    Json.object()
                        .put("mine", join.mine().text())
                        .put("to", join.alias())
                        .put("theirs", join.theirs().text())));
    return json.build();
  }

  private static JsonObject json(Rung rung) {
    JsonObjectBuilder json =
        Json.object().put("after", rung.after().toString()).put("remedy", rung.remedy().verb());
    switch (rung.remedy()) {
      case Remedy.Downsize downsize -> json.put("size", downsize.size());
      case Remedy.Migrate migrate -> json.put("destination", migrate.destination());
      case Remedy.Notify _, Remedy.Suspend _, Remedy.Drain _, Remedy.Terminate _ -> {}
    }
    return json.build();
  }

  private static JsonObject json(Condition condition) {
    return switch (condition) {
      case Condition.All all -> Json.object().put("all", array(all.of())).build();
      case Condition.Any any -> Json.object().put("any", array(any.of())).build();
      case Condition.KindIn in -> Json.object().put("kind_in", kinds(in.kinds())).build();
      case Condition.Named named ->
          Json.object()
              .put("trait", named.trait().text())
              .put("patterns", Json.texts(named.patterns()))
              .put("among", named.among())
              .build();
      case Condition.Compare compare ->
          Json.object()
              .put("left", json(compare.left()))
              .put("is", compare.comparison().text())
              .put("right", json(compare.right()))
              .build();
    };
  }

  private static JsonObject json(Expression expression) {
    return switch (expression) {
      case Expression.Ask ask -> json(ask.feature());
      case Expression.Constant constant ->
          Json.object().put("value", constant.value()).put("unit", constant.unit().text()).build();
      case Expression.Choice choice ->
          Json.object()
              .put("by", choice.trait().text())
              .put("patterns", Json.texts(choice.patterns()))
              .put("then", json(choice.then()))
              .put("otherwise", json(choice.otherwise()))
              .build();
      case Expression.Arithmetic arithmetic ->
          Json.object()
              .put("left", json(arithmetic.left()))
              .put("do", arithmetic.operator().text())
              .put("right", json(arithmetic.right()))
              .build();
    };
  }

  private static JsonObject json(Feature feature) {
    return switch (feature) {
      case Feature.OfWindow window ->
          Json.object()
              .put("signal", window.signal().text())
              .put("statistic", window.statistic().text())
              .put("span", window.span().toString())
              .build();
      case Feature.OfQuantile of ->
          Json.object()
              .put("signal", of.signal().text())
              .put("quantile", of.quantile().text())
              .put("span", of.span().toString())
              .put("bound", of.bound().text())
              .build();
      case Feature.OfCost of ->
          Json.object().put("cost_in", of.currency().getCurrencyCode()).build();
      case Feature.OfAttribute of -> Json.object().put("attribute", of.attribute().text()).build();
      case Feature.OfTimes of ->
          Json.object()
              .put("times", Json.array(of.times().ranges().stream().map(RuleWriter::json).toList()))
              .build();
    };
  }

  private static JsonObject json(TimesOfWeek.Range range) {
    return Json.object()
        .put("first", range.first().getValue())
        .put("last", range.last().getValue())
        .put("from", range.from())
        .put("to", range.to())
        .put("zone", range.zone().getId())
        .build();
  }

  private static JsonArray array(List<Condition> conditions) {
    return Json.array(conditions.stream().map(RuleWriter::json).toList());
  }

  private static JsonArray kinds(SortedSet<WorkloadKind> kinds) {
    return Json.texts(kinds.stream().map(WorkloadKind::text).toList());
  }
}
