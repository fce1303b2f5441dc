package dev.reeve.platform.node;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether members speak of ranks that are not here. */
final class Ranks {
  private static final Pattern NODES =
      Pattern.compile("--?(nnodes|num[_-]machines|num[_-]nodes|trainer\\.num_nodes)(?:=(.*))?");
  private static final Pattern HOSTS =
      Pattern.compile("--?(hostfile|host|hosts|machinefile|f|H)(=.*)?");
  private static final Set<String> HOST_LAUNCHERS =
      Set.of("mpirun", "mpiexec", "horovodrun", "deepspeed", "prun", "srun");
  private static final List<String> RUNTIMES = List.of("OMPI_", "PMI_", "PMIX_", "SLURM_");

  private final ThisNode node;

  Ranks(ThisNode node) {
    this.node = node;
  }

  /** Why the workload may reach beyond this node, in words; empty if nothing speaks for it. */
  Optional<String> beyond(List<ProcessDetails> members) {
    Set<String> here = new HashSet<>();
    members.forEach(member -> member.environment().value("RANK").ifPresent(here::add));
    for (ProcessDetails member : members) {
      Optional<String> reason =
          byCommandLine(member.commandLine().words())
              .or(() -> byEnvironment(member.environment(), here.size()));
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  private Optional<String> byEnvironment(Environment environment, int ranksHere) {
    if (!(environment instanceof Environment.Known known)) {
      return Optional.empty();
    }
    for (String runtime : RUNTIMES) {
      if (known.hasPrefix(runtime)) {
        return Optional.of("its environment has variables " + runtime + "*");
      }
    }
    if (known.value("RAY_JOB_ID").isPresent() || known.value("RAY_RAYLET_PID").isPresent()) {
      return Optional.of("it belongs to a Ray cluster");
    }
    Optional<String> nodes = known.value("PET_NNODES").filter(text -> !isOne(text));
    if (nodes.isPresent()) {
      return Optional.of("PET_NNODES is " + Wording.plain(nodes.get(), 20));
    }
    Optional<String> master = known.value("MASTER_ADDR").filter(address -> !node.is(address));
    if (master.isPresent()) {
      return Optional.of("MASTER_ADDR " + Wording.plain(master.get(), 80) + " is not this machine");
    }
    return byWorldSize(known, ranksHere);
  }

  private static Optional<String> byWorldSize(Environment.Known known, int ranksHere) {
    Optional<String> world = known.value("WORLD_SIZE");
    if (world.isEmpty() || isOne(world.get())) {
      return Optional.empty();
    }
    long size = number(world.get());
    long local = known.value("LOCAL_WORLD_SIZE").map(Ranks::number).orElse(0L);
    if (size < 0 || size > local) {
      return Optional.of(
          "WORLD_SIZE " + Wording.plain(world.get(), 20) + " is above LOCAL_WORLD_SIZE " + local);
    }
    return size > ranksHere
        ? Optional.of("of " + size + " ranks only " + ranksHere + " are found here")
        : Optional.empty();
  }

  private static Optional<String> byCommandLine(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      Matcher nodes = NODES.matcher(word);
      if (nodes.matches()) {
        String inline = nodes.group(2);
        String value = inline != null ? inline : i + 1 < words.size() ? words.get(i + 1) : "";
        if (!isOne(value)) {
          return Optional.of(
              "it was started with " + Wording.plain(word, 40) + " for several nodes");
        }
      }
      if (HOST_LAUNCHERS.contains(CommandLine.base(word))) {
        List<String> behind = words.subList(i + 1, words.size());
        if (behind.stream().anyMatch(flag -> HOSTS.matcher(flag).matches())) {
          return Optional.of("it was started with a list of hosts");
        }
      }
    }
    return Optional.empty();
  }

  /** One, or a range of one: {@code 1}, {@code 1:1}. */
  private static boolean isOne(String text) {
    String trimmed = text.strip();
    return trimmed.equals("1") || trimmed.equals("1:1");
  }

  private static long number(String text) {
    return text.strip().matches("\\d{1,9}") ? Long.parseLong(text.strip()) : -1;
  }
}
