package dev.reeve.rules;

import dev.reeve.json.Json;
import dev.reeve.model.Rule;
import dev.reeve.rules.yaml.RuleSources;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleLoader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The process that compiles: reads files from its standard input, writes an archive or what is
 * wrong to its standard output, and ends. It knows nothing else and asks nobody.
 */
final class CompilerChild {
  /** Ends by itself even where nobody is left who would kill it. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final DataOutputStream out;

  private CompilerChild(DataOutputStream out) {
    this.out = out;
  }

  /** The exit code is 0 whatever is wrong with the files. */
  public static void main(String[] args) throws InterruptedException {
    DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
    // what a library prints must not stand among the frames
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false));
    Thread work = Thread.ofPlatform().daemon().stackSize(4 << 20).unstarted(() -> work(out));
    work.start();
    work.join(LONGEST);
  }

  private static void work(DataOutputStream out) {
    try {
      SortedMap<String, String> texts = Frames.readTexts(new DataInputStream(System.in));
      new CompilerChild(out).compile(texts);
    } catch (IOException gone) {
      System.err.println("whoever asked is gone: " + gone.getMessage());
    }
  }

  private void compile(SortedMap<String, String> texts) throws IOException {
    doing("reading the files", List.of());
    RuleSources.Loaded loaded = RuleSources.parse(texts);
    RuleTexts sources = new RuleTexts(texts, loaded.files());
    if (!loaded.ok()) {
      refuse(loaded.report(), loaded.broken());
      return;
    }
    doing("compiling", List.of());
    CompiledRules compiled;
    try {
      compiled = RuleCompiler.compile(loaded.rules()).from(sources);
    } catch (IllegalStateException | IllegalArgumentException failure) {
      refuse(String.valueOf(failure.getMessage()), List.of());
      return;
    }
    byte[] archive = compiled.archive();
    Map<String, String> wrong = new TreeMap<>();
    try {
      Trial trial = new Trial(compiled, Trial.Bounds.DEFAULT);
      for (Rule rule : toTry(compiled)) {
        doing("trying rule " + rule.id(), filesOf(sources, List.of(rule.id())));
        trial.run(rule.id()).ifPresent(why -> wrong.put(rule.id(), why));
        if (trial.stuck()) {
          break;
        }
      }
    } catch (RuleEngine.RuleEngineException failure) {
      refuse(String.valueOf(failure.getMessage()), List.of());
      return;
    }
    if (wrong.isEmpty()) {
      // first: what a set forbids is known even if its tests never end
      Frames.write(out, Frames.ARCHIVE, archive);
      Frames.write(out, Frames.TESTED, Json.write(TestResults.json(tests(compiled, texts))));
    } else {
      StringBuilder report = new StringBuilder();
      wrong.forEach(
          (rule, why) -> report.append("rule ").append(rule).append(' ').append(why).append('\n'));
      refuse(report.toString(), filesOf(sources, wrong.keySet()));
    }
  }

  /** Those that a file has a part in: the others are shipped, and tried where Reeve is built. */
  static List<Rule> toTry(CompiledRules compiled) {
    SortedMap<String, SortedSet<String>> files = compiled.sources().files();
    return compiled.rules().stream()
        .filter(rule -> !files.getOrDefault(rule.id(), new TreeSet<>()).isEmpty())
        .toList();
  }

  private RuleLoader.Tests tests(CompiledRules compiled, SortedMap<String, String> texts)
      throws IOException {
    try {
      return new OwnTests(compiled, Path.of(""))
          .run(texts, (what, file) -> doing(what, List.of(file)));
    } catch (RuleEngine.RuleEngineException | InterruptedException failure) {
      throw new IOException(failure);
    }
  }

  private static Collection<String> filesOf(RuleTexts sources, Collection<String> rules) {
    return sources.files().entrySet().stream()
        .filter(entry -> rules.contains(entry.getKey()))
        .flatMap(entry -> entry.getValue().stream())
        .distinct()
        .sorted()
        .toList();
  }

  private void doing(String what, Collection<String> files) throws IOException {
    Frames.write(
        out,
        Frames.DOING,
        Json.write(Json.object().put("what", what).put("files", Json.texts(files)).build()));
  }

  private void refuse(String report, Collection<String> files) throws IOException {
    Frames.write(
        out,
        Frames.REFUSED,
        Json.write(
            Json.object()
                .put("report", report.isEmpty() ? "refused" : report)
                .put("files", Json.texts(files))
                .build()));
  }
}
