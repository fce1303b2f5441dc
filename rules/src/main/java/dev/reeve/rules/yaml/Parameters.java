package dev.reeve.rules.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of one rule, and which of them were used. */
final class Parameters {
  private final Map<String, Parameter> known = new LinkedHashMap<>();
  private final Set<String> broken = new TreeSet<>();
  private final Set<String> used = new TreeSet<>();

  void put(String name, Parameter parameter) {
    known.put(name, parameter);
  }

  /** Its value was refused already: whoever uses it is not to blame. */
  void broken(String name) {
    broken.add(name);
  }

  boolean isBroken(String name) {
    return broken.contains(name);
  }

  Optional<Parameter> use(String name) {
    used.add(name);
    return Optional.ofNullable(known.get(name));
  }

  Set<String> names() {
    return known.keySet();
  }

  List<String> unused() {
    List<String> unused = new ArrayList<>(known.keySet());
    unused.removeAll(used);
    return unused;
  }
}
