package dev.reeve.rules;

import dev.reeve.rules.yaml.RuleFolder;
import dev.reeve.spi.RuleEngine.RuleEngineException;
import dev.reeve.spi.RuleLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The rules of one folder beside the shipped ones. Files that do not load are replaced by what they
 * were in the newest good set, so that all others take effect; where that does not load either, the
 * newest good set goes on as it is. A set whose own tests fail does not judge either, but for what
 * it forbids.
 */
final class FolderRules implements RuleLoader {
  private final Path folder;
  private final Loading.Folders folders;

  FolderRules(Path folder, Path state, Limits limits, CompilerProcess.Bounds bounds) {
    this.folder = folder;
    this.folders = new Loading.Folders(folder, state, limits, bounds);
  }

  @Override
  public List<Path> watched() {
    return List.of(folder);
  }

  @Override
  public String fingerprint() {
    RuleFolder now = RuleFolder.read(folder);
    String all = now.there() + "\n" + now.refused() + "\n" + RuleTexts.of(now.texts()).key("");
    return CompiledRules.hash(all.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Loaded load(Past past) throws RuleEngineException {
    RuleFolder now = RuleFolder.read(folder);
    return new Loading(folders, past).of(now);
  }
}
