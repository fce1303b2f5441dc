package dev.reeve.config;

import dev.reeve.config.Value.Entry;
import dev.reeve.config.Value.Items;
import dev.reeve.config.Value.Kind;
import dev.reeve.config.Value.Mapping;
import dev.reeve.config.Value.Scalar;
import dev.reeve.model.Money;
import dev.reeve.model.MoneyPerHour;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A mapping of a YAML file, or the empty one where none is written. */
final class YamlSection implements Section {
  private final Optional<Mapping> mapping;
  private final Place place;
  private final Branch branch;
  private final Problems problems;

  YamlSection(Optional<Mapping> mapping, Place place, Branch branch, Problems problems) {
    this.mapping = mapping;
    this.place = place;
    this.branch = branch;
    this.problems = problems;
  }

  @Override
  public String path() {
    return branch.path();
  }

  @Override
  public Place place(String key) {
    return value(key).map(Value::place).orElse(place);
  }

  @Override
  public boolean present() {
    return branch.written();
  }

  @Override
  public Optional<String> text(String key) {
    return read(key, Kinds.TEXT, Optional.empty());
  }

  @Override
  public String text(String key, String fallback) {
    return read(key, Kinds.TEXT, Optional.of(fallback)).orElse(fallback);
  }

  @Override
  public List<String> texts(String key) {
    Optional<Value> value = value(key);
    var texts = new ArrayList<String>();
    if (value.isPresent() && value.get() instanceof Items list) {
      for (Value item : list.items()) {
        if (item instanceof Scalar scalar && scalar.kind() != Kind.NOTHING) {
          texts.add(scalar.text());
        } else {
          wrong(key, item, "a text");
        }
      }
    } else if (value.isPresent() && !value.get().nothing()) {
      wrong(key, value.get(), "a list such as [a, b]");
    }
    branch.leaf(key, setting(key, "list of texts", Plain.list(texts), value));
    return List.copyOf(texts);
  }

  @Override
  public <E extends Enum<E>> E oneOf(String key, Class<E> type, E fallback) {
    return read(key, Kinds.oneOf(type), Optional.of(fallback)).orElse(fallback);
  }

  @Override
  public boolean flag(String key, boolean fallback) {
    return read(key, Kinds.FLAG, Optional.of(fallback)).orElse(fallback);
  }

  @Override
  public long integer(String key, long fallback, Range range) {
    return read(key, Kinds.integer(range), Optional.of(fallback)).orElse(fallback);
  }

  @Override
  public double number(String key, double fallback, Range range) {
    return read(key, Kinds.number(range), Optional.of(fallback)).orElse(fallback);
  }

  @Override
  public Duration duration(String key, Duration fallback) {
    return read(key, Kinds.TIME, Optional.of(fallback)).orElse(fallback);
  }

  @Override
  public long bytes(String key, long fallback) {
    return read(key, Kinds.SIZE, Optional.of(fallback)).orElse(fallback);
  }

  @Override
  public double ratio(String key, double fallback) {
    return read(key, Kinds.RATIO, Optional.of(fallback)).orElse(fallback);
  }

  @Override
  public Optional<Money> money(String key) {
    return read(key, Kinds.MONEY, Optional.empty());
  }

  @Override
  public Optional<MoneyPerHour> moneyPerHour(String key) {
    return read(key, Kinds.MONEY_PER_HOUR, Optional.empty());
  }

  @Override
  public Optional<URI> uri(String key) {
    return read(key, Kinds.URI, Optional.empty());
  }

  @Override
  public Optional<Path> path(String key) {
    return read(key, Kinds.path(place.file()), Optional.empty());
  }

  @Override
  public Path path(String key, Path fallback) {
    return read(key, Kinds.path(place.file()), Optional.of(fallback)).orElse(fallback);
  }

  @Override
  public Optional<Secret> secret(String key) {
    about(key + "_file", "name of a file whose first line is the " + key);
    Optional<Secret> written = read(key, Kinds.SECRET, Optional.empty());
    Optional<Path> file = path(key + "_file");
    Optional<Secret> filed = file.flatMap(Kinds::firstLine);
    if (file.isPresent() && filed.isEmpty()) {
      problem(key + "_file", "a file that can be read, with the " + key + " as its first line");
    }
    if (written.isPresent() && filed.isPresent()) {
      problem(key + "_file", "either this or " + key);
    }
    return written.or(() -> filed);
  }

  @Override
  public Section section(String key) {
    Optional<Value> value = value(key);
    Place at = entry(key).map(Entry::place).orElse(place);
    Branch below = branch.branch(key, below(key), value.isPresent());
    if (value.isPresent() && value.get() instanceof Mapping inner) {
      return new YamlSection(Optional.of(inner), at, below, problems);
    }
    if (value.isPresent() && !value.get().nothing()) {
      wrong(key, value.get(), "keys with values");
    }
    return new YamlSection(Optional.empty(), at, below, problems);
  }

  @Override
  public List<Section> sections(String key) {
    Optional<Value> value = value(key);
    List<Value> items = List.of();
    if (value.isPresent() && value.get() instanceof Items list) {
      items = list.items();
    } else if (value.isPresent() && !value.get().nothing()) {
      wrong(key, value.get(), "a list, each item with keys and values");
    }
    List<Branch> branches = branch.branches(key, below(key), items.size());
    var sections = new ArrayList<Section>();
    for (int i = 0; i < items.size(); i++) {
      Value item = items.get(i);
      Mapping empty = new Mapping(new LinkedHashMap<>(), item.place());
      if (!(item instanceof Mapping)) {
        wrong(key, item, "keys with values");
      }
      Mapping inner = item instanceof Mapping mappingOfItem ? mappingOfItem : empty;
      sections.add(new YamlSection(Optional.of(inner), item.place(), branches.get(i), problems));
    }
    return List.copyOf(sections);
  }

  @Override
  public List<String> names() {
    return mapping.map(present -> List.copyOf(present.entries().keySet())).orElse(List.of());
  }

  @Override
  public void problem(String key, String expected) {
    Optional<Value> value = key.isEmpty() ? mapping.map(Function.identity()) : value(key);
    Place at = value.map(Value::place).orElse(place);
    String found = value.map(Value::found).orElse("nothing");
    String words = expected.startsWith("expected ") ? expected.substring(9) : expected;
    if (Masking.secret(key)) {
      found = "another value";
    }
    problems.add(new Problem(at, keyPath(key), words, found, ""));
  }

  @Override
  public void problems(Problems others) {
    problems.addAll(others);
  }

  @Override
  public Section about(String key, String meaning) {
    branch.about(key, meaning);
    return this;
  }

  private <T> Optional<T> read(String key, Kinds.Type<T> type, Optional<T> fallback) {
    Optional<Value> value = value(key);
    Optional<T> read = Optional.empty();
    if (value.isPresent() && value.get() instanceof Scalar scalar && !value.get().nothing()) {
      read = type.read(scalar);
      if (read.isEmpty()) {
        String found = secret(key, type) ? "another value" : scalar.found();
        String nearest = secret(key, type) ? "" : type.nearest(scalar);
        String expected = type.expected(scalar);
        problems.add(new Problem(scalar.place(), below(key), expected, found, nearest));
      }
    } else if (value.isPresent()) {
      wrong(key, value.get(), type.expected());
    }
    Optional<T> holds = read.or(() -> fallback);
    boolean secret = secret(key, type);
    String text = secret && holds.isPresent() ? Masking.MASK : holds.map(type::yaml).orElse("");
    branch.leaf(key, setting(key, type.name(), text, value));
    return read;
  }

  private static boolean secret(String key, Kinds.Type<?> type) {
    return type.secret() || Masking.secret(key);
  }

  private Setting setting(String key, String type, String yaml, Optional<Value> value) {
    String origin = yaml.isEmpty() || yaml.equals("[]") ? Setting.NOT_SET : Setting.DEFAULT;
    if (value.isPresent()) {
      origin = value.get().place().file() + ":" + value.get().place().line();
    }
    boolean secret = yaml.equals(Masking.MASK);
    return new Setting(below(key), type, branch.meaning(key), yaml, origin, secret);
  }

  private Optional<Entry> entry(String key) {
    return mapping.flatMap(present -> Optional.ofNullable(present.entries().get(key)));
  }

  private Optional<Value> value(String key) {
    return entry(key).map(Entry::value);
  }

  private String below(String key) {
    return path().isEmpty() ? key : path() + "." + key;
  }

  private void wrong(String key, Value value, String expected) {
    problems.add(new Problem(value.place(), keyPath(key), expected, value.found(), ""));
  }

  private String keyPath(String key) {
    return key.isEmpty() ? path() : below(key);
  }
}
