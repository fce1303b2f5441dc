package dev.reeve.rules;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An operator's rule files, by name.
 *
 * @param files which of them each rule is written in; a rule of a shipped file that none of them
 *     overrides is missing
 */
record RuleTexts(SortedMap<String, String> texts, SortedMap<String, SortedSet<String>> files) {
  static final RuleTexts NONE = new RuleTexts(new TreeMap<>(), new TreeMap<>());

  RuleTexts {
    texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** Files whose rules are not known yet. */
  static RuleTexts of(SortedMap<String, String> texts) {
    return new RuleTexts(texts, new TreeMap<>());
  }

  /**
   * What a set that is made of them is stored under.
   *
   * @param engine whatever else decides what is made of them
   */
  String key(String engine) {
    StringBuilder all = new StringBuilder(engine);
    // lengths, so that no two lists of files read as the same
    texts.forEach(
        (name, text) ->
            all.append('\n')
                .append(name.length())
                .append(' ')
                .append(name)
                .append(' ')
                .append(text.length())
                .append(' ')
                .append(text));
    return CompiledRules.hash(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  JsonObject origins() {
    JsonObjectBuilder json = Json.object();
    files.forEach((rule, names) -> json.put(rule, Json.texts(names)));
    return json.build();
  }

  static RuleTexts read(SortedMap<String, String> texts, JsonObject origins) {
    SortedMap<String, SortedSet<String>> files = new TreeMap<>();
    for (String rule : origins.members().keySet()) {
      SortedSet<String> names = new TreeSet<>();
      origins
          .array(rule)
          .ifPresent(
              array ->
                  array
                      .elements()
                      .forEach(
                          value -> {
                            if (value instanceof JsonString(String name)) {
                              names.add(name);
                            }
                          }));
      files.put(rule, names);
    }
    return new RuleTexts(texts, files);
  }

  /** The rules that any of these files has a part in, with why. */
  SortedMap<String, String> rulesOf(Map<String, String> why) {
    SortedMap<String, String> rules = new TreeMap<>();
    files.forEach(
        (rule, names) ->
            names.stream()
                .filter(why::containsKey)
                .findFirst()
                .ifPresent(name -> rules.put(rule, why.getOrDefault(name, ""))));
    return rules;
  }
}
