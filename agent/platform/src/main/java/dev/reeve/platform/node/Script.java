package dev.reeve.platform.node;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what an interpreter runs, in the words of its command line. */
final class Script {
  /** Options of shells that take the next word. */
  private static final Set<String> SHELL_VALUES =
      Set.of("-o", "+o", "-O", "+O", "--rcfile", "--init-file", "--init-command");

  /** Options of interpreters that take the next word. */
  private static final Set<String> VALUES =
      Set.of("-X", "-W", "-cp", "-classpath", "-I", "-r", "-S");

  private static final Set<String> INTERPRETERS =
      Set.of("python", "pypy", "node", "ruby", "perl", "Rscript", "julia", "java", "luajit", "php");

  private static final Set<String> LAUNCHERS =
      Set.of(
          "torchrun",
          "accelerate",
          "deepspeed",
          "horovodrun",
          "colossalai",
          "composer",
          "mpirun",
          "mpiexec",
          "torch.distributed.run",
          "torch.distributed.launch",
          "torch.distributed.elastic.multiprocessing",
          "accelerate.commands.launch");

  private Script() {}

  /** The script, or the command behind {@code -c}; empty for a shell that has neither. */
  static Optional<String> ofShell(List<String> words) {
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (SHELL_VALUES.contains(word)) {
        i++;
      } else if (word.matches("-[A-Za-z]*c[A-Za-z]*") || word.equals("--command")) {
        return i + 1 < words.size() ? Optional.of(words.get(i + 1)) : Optional.empty();
      } else if (word.equals("-s") || word.equals("-") || word.equals("--")) {
        return word.equals("--") && i + 1 < words.size()
            ? Optional.of(words.get(i + 1))
            : Optional.empty();
      } else if (!word.startsWith("-") && !word.startsWith("+") && !word.isEmpty()) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  static boolean isCommandOfShell(List<String> words) {
    return words.stream().skip(1).limit(3).anyMatch(word -> word.matches("-[A-Za-z]*c[A-Za-z]*"));
  }

  static boolean isInterpreter(String program) {
    return INTERPRETERS.contains(withoutVersion(program));
  }

  /** {@code python3.11} is {@code python}. */
  static String withoutVersion(String program) {
    return program.replaceFirst("(?<=[A-Za-z])[\\d.]+$", "");
  }

  /** The module or script of an interpreter, and behind a launcher also what that launches. */
  static String ofInterpreter(List<String> words) {
    int at = next(words, 1);
    if (at < 0) {
      return "";
    }
    String script = CommandLine.base(words.get(at));
    if (!LAUNCHERS.contains(script)) {
      return script;
    }
    String launched = launched(words, at + 1);
    return launched.isEmpty() ? script : script + " " + launched;
  }

  static boolean isLauncher(String program) {
    return LAUNCHERS.contains(program);
  }

  /** What a launcher launches: the first module or file of a program. */
  static String launched(List<String> words, int from) {
    for (int i = from; i < words.size(); i++) {
      String word = words.get(i);
      if ((word.equals("-m") || word.equals("--module")) && i + 1 < words.size()) {
        return words.get(i + 1);
      }
      if (word.matches("(?s)[^-].*\\.(py|sh|pyc|jl|R)")) {
        return CommandLine.base(word);
      }
    }
    return "";
  }

  private static int next(List<String> words, int from) {
    for (int i = from; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("-m") || word.equals("-jar")) {
        return i + 1 < words.size() ? i + 1 : -1;
      }
      if (word.equals("-c") || word.equals("-e")) {
        return -1; // a program within the command line has no name
      }
      if (VALUES.contains(word)) {
        i++;
      } else if (!word.startsWith("-")) {
        return i;
      }
    }
    return -1;
  }
}
