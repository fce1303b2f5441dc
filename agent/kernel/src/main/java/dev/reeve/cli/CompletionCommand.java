package dev.reeve.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a shell needs to complete commands and options. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script that makes a shell complete commands and options. For this shell:",
      "source <(reeve completion bash)"
    })
final class CompletionCommand implements Callable<Integer> {
  /** Shells that the script is for; it finds out itself which one reads it. */
  enum Shell {
    BASH,
    ZSH
  }

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh", completionCandidates = Words.class)
  private Shell shell = Shell.BASH;

  /** Lower case, as people write them. */
  static final class Words extends LowerCase {
    Words() {
      super(Shell.values());
    }
  }

  @Override
  public Integer call() {
    String script = AutoComplete.bash("reeve", spec.root().commandLine());
    System.out.print(shell == Shell.ZSH ? "#compdef reeve\n" + script : script);
    return 0;
  }
}
