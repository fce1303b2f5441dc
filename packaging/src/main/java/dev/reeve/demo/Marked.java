package dev.reeve.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The living processes that carry the mark of one demonstration, whoever their parents are now: a
 * workload has ended when none of them is left, not when its first process has.
 *
 * @param mark as it stands in the environment, {@code NAME=VALUE}
 */
record Marked(Path proc, String mark) {
  private static final String NAME = "REEVE_NAME=";

  /** Those of one workload. */
  List<ProcessHandle> of(Role role) {
    return living(Optional.of(NAME + role.name()));
  }

  /** All of them. */
  List<ProcessHandle> all() {
    return living(Optional.empty());
  }

  private List<ProcessHandle> living(Optional<String> besides) {
    return ProcessHandle.allProcesses()
        .filter(
            process -> {
              Set<String> variables = variables(process.pid());
              return variables.contains(mark) && besides.stream().allMatch(variables::contains);
            })
        .toList();
  }

  /** Nothing for one that has ended, also while nobody has waited for it, and for strangers'. */
  private Set<String> variables(long pid) {
    try {
      Path file = proc.resolve(Long.toString(pid)).resolve("environ");
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return new HashSet<>(List.of(text.split("\0", -1)));
    } catch (IOException gone) {
      return Set.of();
    }
  }
}
