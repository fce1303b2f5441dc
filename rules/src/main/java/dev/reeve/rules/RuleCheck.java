package dev.reeve.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;

/** Compiles and tries files in a child, as the daemon would, and keeps nothing of it. */
public final class RuleCheck {
  private RuleCheck() {}

  /**
   * Why these files make no set, for people; empty where they do.
   *
   * @throws IOException where no compiler can be started here; that says nothing about the files
   */
  public static String compile(SortedMap<String, String> texts) throws IOException {
    Path scratch = Files.createTempDirectory("reeve-check");
    try {
      CompilerProcess process = new CompilerProcess(scratch, CompilerProcess.Bounds.DEFAULT);
      return switch (process.compile(texts)) {
        case Compilation.Made _ -> "";
        case Compilation.Refused refused -> refused.report();
      };
    } finally {
      Files.deleteIfExists(scratch);
    }
  }
}
