package dev.reeve.config;

import dev.reeve.config.Value.Entry;
import dev.reeve.config.Value.Form;
import dev.reeve.config.Value.Items;
import dev.reeve.config.Value.Kind;
import dev.reeve.config.Value.Mapping;
import dev.reeve.config.Value.Scalar;
import dev.reeve.config.Value.Written;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Builds the values of one document from YAML's events. Built by hand, since a composer recurses as
 * deep as the file wants and follows aliases before anybody could refuse them.
 */
public final class YamlTree {
  public static final int DEEPEST = 32;
  public static final int LARGEST = 1 << 20;
  public static final int MOST = 100_000;

  /** What a file may not hold, however well YAML defines it. */
  public enum Hazard {
    NOT_YAML("YAML"),
    TAB("spaces"),
    ANCHOR("the value itself in each place where it is used"),
    ALIAS("the value itself in each place where it is used"),
    TAG("a value without a tag"),
    KEY("the name of a key"),
    DUPLICATE_KEY("each key once"),
    TOO_DEEP("at most " + DEEPEST + " levels"),
    TOO_MANY("at most 100,000 values"),
    SECOND_DOCUMENT("one document");

    private final String expected;

    Hazard(String expected) {
      this.expected = expected;
    }
  }

  /** Takes in what is wrong with a file. */
  public interface Report {
    void problem(Hazard hazard, Problem problem);
  }

  private final ScalarResolver resolver = new CoreSchema().getScalarResolver();
  private final String file;
  private final Report report;
  private final Iterator<Event> events;
  private int values;

  private YamlTree(String file, String text, Report report) {
    this.file = file;
    this.report = report;
    var settings = LoadSettings.builder().setLabel(file).setCodePointLimit(LARGEST + 1).build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /** The document's value; empty where there is none or where it is not YAML. */
  public static Optional<Value> read(String file, String text, Report report) {
    var tree = new YamlTree(file, text, report);
    try {
      return tree.document();
    } catch (TooMuch reported) {
      return Optional.empty();
    } catch (MarkedYamlEngineException broken) {
      tree.broken(broken);
    } catch (YamlEngineException broken) {
      tree.problem(Hazard.NOT_YAML, new Place(file, 1, 1), "", String.valueOf(broken.getMessage()));
    }
    return Optional.empty();
  }

  private Optional<Value> document() {
    Optional<Value> found = Optional.empty();
    int documents = 0;
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case DocumentStart -> {
          documents++;
          if (documents == 2) {
            problem(Hazard.SECOND_DOCUMENT, place(event), "", "a second one");
          }
        }
        case Alias, Scalar, SequenceStart, MappingStart -> {
          Value value = value(event, "", 1);
          found = documents == 1 ? Optional.of(value) : found;
        }
        default -> {}
      }
    }
    return found;
  }

  private Value value(Event event, String key, int depth) {
    Place place = place(event);
    if (++values > MOST) {
      problem(Hazard.TOO_MANY, place, key, "one more");
      throw new TooMuch();
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      boolean alias = event instanceof AliasEvent;
      String found = (alias ? "the alias *" : "the anchor &") + node.getAnchor().get();
      problem(alias ? Hazard.ALIAS : Hazard.ANCHOR, place, key, found);
    }
    return switch (event) {
      case ScalarEvent scalar -> {
        untagged(scalar.getTag(), place, key);
        yield new Scalar(scalar.getValue(), kind(scalar), place, written(scalar));
      }
      case CollectionStartEvent start when depth > DEEPEST -> {
        problem(Hazard.TOO_DEEP, place, key, "one more");
        throw new TooMuch();
      }
      case MappingStartEvent start -> {
        untagged(start.getTag(), place, key);
        yield mapping(place, key, depth);
      }
      case CollectionStartEvent start -> {
        untagged(start.getTag(), place, key);
        yield items(place, key, depth);
      }
      default -> new Scalar("", Kind.NOTHING, place, Written.NOWHERE);
    };
  }

  private Mapping mapping(Place place, String path, int depth) {
    var entries = new LinkedHashMap<String, Entry>();
    for (Event event = events.next(); !ends(event); event = events.next()) {
      Place at = place(event);
      Value key = value(event, path, depth + 1);
      String name = key instanceof Scalar scalar ? scalar.text() : "";
      String below = path.isEmpty() ? name : path + "." + name;
      Value value = value(events.next(), below, depth + 1);
      if (name.isEmpty()) {
        problem(Hazard.KEY, at, path, key.found());
        continue;
      }
      Entry first = entries.putIfAbsent(name, new Entry(value, at));
      if (first != null) {
        problem(Hazard.DUPLICATE_KEY, at, below, "it again after line " + first.place().line());
      }
    }
    return new Mapping(entries, place);
  }

  private Items items(Place place, String path, int depth) {
    var items = new ArrayList<Value>();
    for (Event event = events.next(); !ends(event); event = events.next()) {
      items.add(value(event, path + "[" + items.size() + "]", depth + 1));
    }
    return new Items(List.copyOf(items), place);
  }

  /// Ends the reading: YAML takes time by the square of the depth of brackets, and a value in a few
  /// bytes takes many.
  private static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuch() {
      super("too much", null, false, false);
    }
  }

  private static boolean ends(Event event) {
    return event.getEventId() == Event.ID.MappingEnd || event.getEventId() == Event.ID.SequenceEnd;
  }

  private Kind kind(ScalarEvent scalar) {
    if (!scalar.isPlain()) {
      return Kind.TEXT;
    }
    Tag tag = resolver.resolve(scalar.getValue(), true);
    if (tag.equals(Tag.INT)) {
      return Kind.INTEGER;
    } else if (tag.equals(Tag.FLOAT)) {
      return Kind.NUMBER;
    } else if (tag.equals(Tag.BOOL)) {
      return Kind.FLAG;
    }
    return tag.equals(Tag.NULL) ? Kind.NOTHING : Kind.TEXT;
  }

  private void untagged(Optional<String> tag, Place place, String key) {
    tag.ifPresent(name -> problem(Hazard.TAG, place, key, "the tag " + name));
  }

  private void broken(MarkedYamlEngineException broken) {
    Optional<Mark> mark = broken.getProblemMark().or(broken::getContextMark);
    Place place = mark.map(this::place).orElse(new Place(file, 1, 1));
    boolean tab = mark.isPresent() && character(mark.get()) == '\t';
    String found = tab ? "a tab" : broken.getProblem().replaceAll("\\s+", " ").strip();
    problem(tab ? Hazard.TAB : Hazard.NOT_YAML, place, "", Masking.printable(found));
  }

  private int character(Mark mark) {
    int[] buffer = mark.getBuffer();
    return mark.getPointer() < buffer.length ? buffer[mark.getPointer()] : 0;
  }

  private Place place(Event event) {
    return event.getStartMark().map(this::place).orElse(new Place(file, 1, 1));
  }

  private Place place(Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static Written written(ScalarEvent scalar) {
    Form form =
        switch (scalar.getScalarStyle()) {
          case SINGLE_QUOTED -> Form.SINGLE_QUOTED;
          case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> Form.DOUBLE_QUOTED;
          case LITERAL, FOLDED -> Form.BLOCK;
          case PLAIN -> Form.PLAIN;
        };
    int from = scalar.getStartMark().map(Mark::getIndex).orElse(0);
    return new Written(from, scalar.getEndMark().map(Mark::getIndex).orElse(from), form);
  }

  private void problem(Hazard hazard, Place place, String key, String found) {
    report.problem(hazard, new Problem(place, key, hazard.expected, found, ""));
  }
}
