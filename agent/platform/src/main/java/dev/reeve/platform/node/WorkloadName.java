package dev.reeve.platform.node;

import java.util.List;
import java.util.Set;

/** Names a workload by program, script and folder, so that its next start has the same name. */
final class WorkloadName {
  private static final int LONGEST = 160;
  private static final Set<String> WRAPPERS =
      Set.of(
          "env", "nohup", "nice", "time", "timeout", "setsid", "sudo", "stdbuf", "taskset",
          "numactl", "chrt", "ionice", "script", "uv", "conda", "poetry", "pipenv");

  private WorkloadName() {}

  /**
   * @param members the workload's processes, each after its parent
   */
  static String of(List<Member> members) {
    Member speaking =
        members.stream()
            .filter(member -> !isWrapper(member))
            .findFirst()
            .orElse(members.getFirst());
    ProcessDetails details = speaking.details();
    String what = program(speaking);
    String name = details.folder().isEmpty() ? what : what + ":" + details.folder();
    return Wording.plain(name, LONGEST);
  }

  private static boolean isWrapper(Member member) {
    CommandLine line = member.details().commandLine();
    String called = line.calledAs();
    return WRAPPERS.contains(called)
        || (Roles.isShell(called) && Script.isCommandOfShell(line.words()));
  }

  private static String program(Member member) {
    CommandLine line = member.details().commandLine();
    String called = line.calledAs();
    if (called.isEmpty()) {
      String comm = member.process().comm();
      return comm.isEmpty() ? "unknown" : comm;
    }
    String program = Script.withoutVersion(called.startsWith("-") ? called.substring(1) : called);
    String script = "";
    if (Roles.isShell(called) && !Script.isCommandOfShell(line.words())) {
      script = Script.ofShell(line.words()).map(CommandLine::base).orElse("");
    } else if (Script.isInterpreter(called)) {
      script = Script.ofInterpreter(line.words());
    } else if (Script.isLauncher(called)) {
      script = Script.launched(line.words(), 1);
    }
    String hidden = script.isEmpty() ? "" : Redaction.redacted(List.of(script));
    return hidden.isEmpty() ? program : program + ":" + hidden;
  }
}
