package dev.reeve.config;

import dev.reeve.config.Asked.Many;
import dev.reeve.config.Value.Entry;
import dev.reeve.config.Value.Items;
import dev.reeve.config.Value.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file that was read, and what its readers made of it. First everybody reads from {@link
 * #root()}, then {@link #finish()} finds the keys that nobody asked for.
 *
 * <p>Threads: one at a time.
 */
public final class Configuration {
  private final Mapping written;
  private final Branch read = new Branch("", false);
  private final Problems problems;
  private final boolean broken;
  private final YamlSection root;

  Configuration(Mapping written, Problems problems) {
    this.written = written;
    this.problems = problems;
    this.broken = !problems.isEmpty();
    this.root = new YamlSection(Optional.of(written), written.place(), read, problems);
  }

  public Section root() {
    return root;
  }

  /** What was found until now. */
  public Problems problems() {
    return problems;
  }

  /** Adds a problem for each key that nobody read. To be called when all providers have read. */
  public Problems finish() {
    // in a file that is broken, what is missing may merely stand behind the break
    if (!broken) {
      unknown("", written, read);
    }
    return problems;
  }

  /** Everything that was asked for, written or not, in the order of asking. */
  public List<Setting> settings() {
    return read.settings();
  }

  /**
   * The configuration as it holds, as YAML that reads as the same again; secrets are masked.
   *
   * @param origins whether each line says where its value comes from
   */
  public String yaml(boolean origins) {
    return new EffectiveYaml(origins).print(read);
  }

  private void unknown(String path, Mapping mapping, Branch branch) {
    for (Map.Entry<String, Entry> pair : mapping.entries().entrySet()) {
      String name = pair.getKey();
      String below = path.isEmpty() ? name : path + "." + name;
      Value value = pair.getValue().value();
      switch (branch.known(name)) {
        case null -> unknown(path, pair, branch);
        case Branch child when value instanceof Mapping inner -> unknown(below, inner, child);
        case Many many when value instanceof Items list -> unknown(below, list, many);
        default -> {}
      }
    }
  }

  private void unknown(String path, Items list, Many many) {
    for (int i = 0; i < Math.min(list.items().size(), many.branches().size()); i++) {
      if (list.items().get(i) instanceof Mapping mapping) {
        unknown(path + "[" + i + "]", mapping, many.branches().get(i));
      }
    }
  }

  private void unknown(String path, Map.Entry<String, Entry> pair, Branch branch) {
    String name = pair.getKey();
    List<String> known = branch.names();
    String expected =
        known.isEmpty() ? "no keys here" : "one of the keys " + String.join(", ", known);
    String key = path.isEmpty() ? name : path + "." + name;
    String found = "the unknown key " + Masking.quoted(name);
    String nearest = Nearest.to(name, known);
    problems.add(new Problem(pair.getValue().place(), key, expected, found, nearest));
  }
}
