package dev.reeve.rules.yaml;

import dev.reeve.config.Place;
import dev.reeve.config.Value;
import dev.reeve.model.Rule;
import dev.reeve.replay.RuleTests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads rule files: the one front end of check, compiler and tests. Whatever the files hold, there
 * is an answer, never an exception. Nothing is run, and nothing but the files is touched.
 */
public final class RuleSources {
  /** Name of a folder of the class path; the shipped files lie in it. */
  private static final String FOLDER = "META-INF/reeve/rules/";

  private static final List<String> SHIPPED =
      List.of("gpu.yaml", "training.yaml", "serving.yaml", "money.yaml");

  private static final String FROM_SHIPPED = "shipped:";

  private RuleSources() {}

  /** The packs that come with Reeve. */
  public static Loaded shipped() {
    RuleProblems problems = new RuleProblems();
    PackReader reader = new PackReader(problems);
    SHIPPED.forEach(name -> shipped(reader, name));
    return build(problems, reader);
  }

  /**
   * Texts by name, beside the shipped packs: those named {@code *.drl} are conditions, and those
   * that hold tests are passed over.
   */
  public static Loaded parse(SequencedMap<String, String> all) {
    SequencedMap<String, String> texts = new LinkedHashMap<>(all);
    texts.keySet().removeIf(RuleTests::named);
    RuleProblems problems = new RuleProblems();
    texts.forEach((name, text) -> problems.source(new SourceText(name, text)));
    PackReader reader = new PackReader(problems);
    texts.forEach(
        (name, text) -> {
          if (RuleFile.visible(problems, name, text)) {
            reader.read(new SourceText(name, text), text);
          } else {
            reader.refused(name);
          }
        });
    return withShipped(problems, reader);
  }

  /**
   * Files, and the {@code *.yaml}, {@code *.yml} and {@code *.drl} files of folders in the order of
   * their names, beside the shipped packs. A pack of the name of a shipped one stands in its place.
   * A file is read with those of its stem.
   *
   * @param permissions whether files that others may change are refused
   */
  public static Loaded read(List<Path> paths, boolean permissions) {
    RuleProblems problems = new RuleProblems();
    RuleFile file = RuleFile.usual(problems, permissions);
    PackReader reader = new PackReader(problems);
    for (Path path : files(paths, problems)) {
      Optional<String> text = file.read(path);
      text.ifPresentOrElse(
          of -> reader.read(new SourceText(path.toString(), of), of),
          () -> reader.refused(path.toString()));
    }
    return withShipped(problems, reader);
  }

  /**
   * Files that were read, not what they mean.
   *
   * @param byPath those that were not refused
   * @param report for people, of those that were; empty where none was
   */
  public record Texts(SortedMap<String, String> byPath, String report) {
    public Texts {
      byPath = Collections.unmodifiableSortedMap(new TreeMap<>(byPath));
    }
  }

  /** The texts of the same files. */
  public static Texts texts(List<Path> paths, boolean permissions) {
    RuleProblems problems = new RuleProblems();
    RuleFile file = RuleFile.usual(problems, permissions);
    SortedMap<String, String> texts = new TreeMap<>();
    for (Path path : files(paths, problems)) {
      file.read(path).ifPresent(text -> texts.put(path.toString(), text));
    }
    return new Texts(texts, problems.text());
  }

  private static List<Path> files(List<Path> paths, RuleProblems problems) {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.isDirectory(path)) {
        alike(path).stream().filter(of -> !files.contains(of)).forEach(files::add);
        continue;
      }
      try (Stream<Path> inside = Files.list(path)) {
        List<Path> found =
            inside.filter(of -> named(of.getFileName().toString())).sorted().toList();
        files.addAll(found);
        if (found.isEmpty()) {
          unreadable(problems, path, "a folder without any");
        }
      } catch (IOException failure) {
        unreadable(problems, path, String.valueOf(failure.getMessage()));
      }
    }
    return files;
  }

  /** A file, and those beside it that give or need its conditions. */
  private static List<Path> alike(Path path) {
    List<Path> files = new ArrayList<>(List.of(path));
    String name = path.toString();
    List<String> endings = DrlTier.isDrl(name) ? List.of(".yaml", ".yml") : List.of(DrlTier.SUFFIX);
    for (String ending : endings) {
      Path other = Path.of(DrlTier.stem(name) + ending);
      if (Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
        files.add(other);
      }
    }
    return files;
  }

  /** Whether a folder can be read and holds no rule file. */
  public static boolean none(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.noneMatch(path -> named(path.getFileName().toString()));
    } catch (IOException unreadable) {
      return false;
    }
  }

  static boolean named(String file) {
    return !file.startsWith(".")
        && !RuleTests.named(file)
        && (file.endsWith(".yaml") || file.endsWith(".yml") || DrlTier.isDrl(file));
  }

  private static void unreadable(RuleProblems problems, Path path, String found) {
    problems.add(
        new RuleProblem(
            RuleCode.UNREADABLE,
            new Place(path.toString(), 0, 0),
            1,
            "",
            "*.yaml and *.drl files that can be read",
            found,
            ""));
  }

  /** Shipped rules come last, so that whoever takes one of their names is told in his own file. */
  private static Loaded withShipped(RuleProblems problems, PackReader reader) {
    List<String> taken = List.copyOf(reader.packs());
    for (String name : SHIPPED) {
      if (!taken.contains(name.substring(0, name.length() - ".yaml".length()))) {
        shipped(reader, name);
      }
    }
    return build(problems, reader);
  }

  private static void shipped(PackReader reader, String name) {
    String text = resource(name);
    reader.read(new SourceText(FROM_SHIPPED + name, text), text);
  }

  private static String resource(String name) {
    try (InputStream in = RuleSources.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("this build has no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the shipped rules cannot be read: " + name, e);
    }
  }

  private static Loaded build(RuleProblems problems, PackReader reader) {
    List<Rule> rules = new ArrayList<>();
    List<String> off = new ArrayList<>();
    SortedMap<String, SortedSet<String>> files = new TreeMap<>();
    DrlTier drl = reader.drl();
    List<Draft> drafts = reader.drafts();
    for (Draft draft : drafts) {
      Optional<Rule> rule = new RuleBuilder(draft, problems, drl).build();
      if (rule.isPresent() && RuleBuilder.off(draft)) {
        off.add(draft.id());
      } else {
        rule.ifPresent(rules::add);
      }
      if (rule.isPresent()) {
        SortedSet<String> in = new TreeSet<>();
        filesOf(draft.mapping(), in);
        drl.file(draft).ifPresent(in::add);
        in.removeIf(name -> name.startsWith(FROM_SHIPPED));
        files.put(draft.id(), in);
      }
    }
    drl.finish(drafts);
    return new Loaded(rules, off, files, problems);
  }

  /** Every file that a part of it stands in: its own, and those of overrides. */
  private static void filesOf(Value value, SortedSet<String> into) {
    into.add(value.place().file());
    switch (value) {
      case Value.Scalar _ -> {}
      case Value.Items items -> items.items().forEach(item -> filesOf(item, into));
      case Value.Mapping mapping ->
          mapping.entries().values().forEach(entry -> filesOf(entry.value(), into));
    }
  }

  /**
   * What was read.
   *
   * <p>Threads: immutable once made.
   */
  public static final class Loaded {
    private final List<Rule> rules;
    private final List<String> off;
    private final SortedMap<String, SortedSet<String>> files;
    private final RuleProblems problems;

    Loaded(
        List<Rule> rules,
        List<String> off,
        SortedMap<String, SortedSet<String>> files,
        RuleProblems problems) {
      this.rules = List.copyOf(rules);
      this.off = List.copyOf(off);
      this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
      this.problems = problems;
    }

    /** Whether it may be compiled; warnings do not count. */
    public boolean ok() {
      return problems.errors().isEmpty();
    }

    /** The rules that are right; all of them where {@link #ok()}. */
    public List<Rule> rules() {
      return rules;
    }

    /** Ids of rules that are right and turned off. */
    public List<String> off() {
      return off;
    }

    /** The operator's files that each rule that is right has a part in, by the rule's id. */
    public SortedMap<String, SortedSet<String>> files() {
      return files;
    }

    /** Files with an error. */
    public SortedSet<String> broken() {
      SortedSet<String> broken = new TreeSet<>();
      problems.errors().forEach(problem -> broken.add(problem.place().file()));
      return broken;
    }

    /** For people: every problem with its place; empty where there is none. */
    public String report() {
      return problems.text();
    }

    RuleProblems problems() {
      return problems;
    }
  }
}
