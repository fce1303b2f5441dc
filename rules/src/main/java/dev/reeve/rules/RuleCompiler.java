package dev.reeve.rules;

import dev.reeve.model.Rule;
import dev.reeve.model.SlotTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.drools.base.util.Drools;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.compiler.kie.builder.impl.KieBuilderImpl;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;

/**
 * Compiles rules, in a process of its own: at build time for the shipped pack, and in a {@link
 * CompilerChild} for an operator's. The daemon has neither this class's dependencies nor their 150
 * MB.
 */
final class RuleCompiler {
  private static final String FOLDER = RuleRenderer.PACKAGE.replace('.', '/') + "/";

  static {
    // rules compiled in parallel come out in another order each time
    System.setProperty("drools.parallelRulesBuildThreshold", "-1");
  }

  private RuleCompiler() {}

  /** Writes the shipped pack below a folder of classes. */
  public static void main(String[] args) throws IOException {
    byte[] archive = compile(ShippedPack.rules()).archive();
    Path target = Path.of(args[0]).resolve(ShippedPack.ARCHIVE);
    Files.createDirectories(target.getParent());
    Files.write(target, archive);
    Files.writeString(
        target.resolveSibling(target.getFileName() + ShippedPack.HASH_SUFFIX),
        CompiledRules.hash(archive) + "\n");
  }

  static CompiledRules compile(Collection<Rule> rules) {
    return compile(List.copyOf(rules), new RuleRenderer(SlotTable.of(rules)).text(rules));
  }

  /** For measuring other texts; what judges is compiled from rules alone. */
  static CompiledRules compile(List<Rule> rules, String text) {
    KieServices services = KieServices.get();
    KieFileSystem files = services.newKieFileSystem();
    files.write("src/main/resources/" + FOLDER + "rules.drl", text);
    KieBuilder builder = services.newKieBuilder(files, RuleCompiler.class.getClassLoader());
    builder.buildAll(ExecutableModelProject.class);
    List<Message> errors = builder.getResults().getMessages(Message.Level.ERROR);
    if (!errors.isEmpty()) {
      throw new IllegalStateException("the engine refuses what was rendered: " + errors);
    }
    InternalKieModule module = (InternalKieModule) ((KieBuilderImpl) builder).getKieModule();
    return new CompiledRules(
        rules, Drools.getFullVersion(), model(module), text, classes(module), RuleTexts.NONE);
  }

  private static String model(InternalKieModule module) {
    for (String name : module.getFileNames()) {
      if (name.endsWith("/drools-model")) {
        String lines = new String(module.getBytes(name), StandardCharsets.UTF_8);
        return lines
            .lines()
            .filter(line -> !line.contains(":"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the engine names no model"));
      }
    }
    throw new IllegalStateException("the engine made no model");
  }

  private static SortedMap<String, byte[]> classes(InternalKieModule module) {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    for (String name : module.getFileNames()) {
      if (name.startsWith(FOLDER) && name.endsWith(".class")) {
        classes.put(name, module.getBytes(name));
      }
    }
    return classes;
  }
}
