package dev.reeve.platform.node;

import dev.reeve.model.SubjectId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A made-up proc tree in a folder, with pid 1 and Reeve (pid 900) in it. */
final class FakeProc {
  static final String BOOT = "b007";
  static final long REEVE = 900;
  static final SubjectId GPU_0 = SubjectId.gpu("GPU-0");
  static final SubjectId GPU_1 = SubjectId.gpu("GPU-1");

  private final Path root;
  private final SortedMap<SubjectId, SortedSet<Long>> gpus = new TreeMap<>();

  FakeProc(Path root) {
    this.root = root;
    process(1, 0).called("/sbin/init").uid(0).cgroup("/init.scope").add();
    process(REEVE, 1)
        .called("/usr/lib/reeve/reeve", "run")
        .uid(990)
        .cgroup("/system.slice/reeve.service")
        .add();
    write(
        root.resolve("passwd"),
        """
        root:x:0:0::/root:/bin/sh
        alice:x:1000:1000::/home/alice:/bin/bash
        bob:x:1001:1001::/:/bin/sh
        """);
  }

  Builder process(long pid, long parent) {
    return new Builder(pid, parent);
  }

  FakeProc onGpu(SubjectId gpu, long... pids) {
    for (long pid : pids) {
      gpus.computeIfAbsent(gpu, _ -> new TreeSet<>()).add(pid);
    }
    return this;
  }

  ThisNode node() {
    return new ThisNode(
        Proc.at(root),
        root.resolve("run"),
        root.resolve("passwd"),
        "machine",
        BOOT,
        Set.of("node1", "10.0.0.1"),
        REEVE,
        false);
  }

  ProcessTable table() {
    try {
      return ProcessTable.read(Proc.at(root), new Environment.Kept(Set.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WorkloadResolver resolver() {
    return new WorkloadResolver(node(), table(), GpuProcesses.of(gpus));
  }

  /** The workload of a GPU process, which must be there. */
  NodeWorkload workload(long pid) {
    return switch (resolver().ofGpuProcess(pid)) {
      case WorkloadResolver.Resolution.Found(NodeWorkload workload) -> workload;
      case WorkloadResolver.Resolution.Gone() -> throw new AssertionError(pid + " is gone");
    };
  }

  static List<Long> pids(NodeWorkload workload) {
    return workload.members().stream().map(member -> member.process().pid()).sorted().toList();
  }

  void invocation(String unit, String id) {
    try {
      Path folder = Files.createDirectories(root.resolve("run/systemd/units"));
      Files.createSymbolicLink(folder.resolve("invocation:" + unit), Path.of(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void link(Path link, String target) throws IOException {
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of(target));
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One process of the tree; alice's in her session unless said otherwise. */
  final class Builder {
    private final long pid;
    private final long parent;
    private final List<String> words = new ArrayList<>(List.of("sleep", "9"));
    private final Map<String, String> environment = new LinkedHashMap<>(Map.of("PATH", "/bin"));
    private final Map<String, String> namespaces =
        new LinkedHashMap<>(
            Map.of("pid", "pid:[1]", "mnt", "mnt:[1]", "user", "user:[1]", "cgroup", "cgroup:[1]"));
    private String comm = "";
    private String cgroup = "/user.slice/user-1000.slice/session-3.scope";
    private String folder = "/home/alice/exp";
    private long uid = 1000;
    private long effectiveUid = -1;
    private long group;
    private char state = 'S';
    private boolean readable = true;

    private Builder(long pid, long parent) {
      this.pid = pid;
      this.parent = parent;
      this.group = pid;
    }

    Builder called(String... command) {
      words.clear();
      words.addAll(List.of(command));
      return this;
    }

    Builder comm(String name) {
      comm = name;
      return this;
    }

    Builder uid(long number) {
      uid = number;
      return this;
    }

    Builder effectiveUid(long number) {
      effectiveUid = number;
      return this;
    }

    Builder cgroup(String path) {
      cgroup = path;
      return this;
    }

    Builder in(String path) {
      folder = path;
      return this;
    }

    Builder with(String name, String value) {
      environment.put(name, value);
      return this;
    }

    Builder namespace(String type, int number) {
      namespaces.put(type, type + ":[" + number + "]");
      return this;
    }

    Builder group(long leader) {
      group = leader;
      return this;
    }

    Builder state(char letter) {
      state = letter;
      return this;
    }

    Builder unreadable() {
      readable = false;
      return this;
    }

    FakeProc add() {
      Path folderOfProcess = root.resolve(Long.toString(pid));
      String name =
          comm.isEmpty() ? CommandLine.base(words.isEmpty() ? "x" : words.getFirst()) : comm;
      String cut = name.substring(0, Math.min(15, name.length()));
      write(
          folderOfProcess.resolve("stat"),
          "%d (%s) %s %d %d %d 0 -1 4194304 1 2 3 4 50 20 7 3 20 0 1 0 %d 1 2 3\n"
              .formatted(pid, cut, state, parent, group, group, pid * 10));
      long effective = effectiveUid < 0 ? uid : effectiveUid;
      write(
          folderOfProcess.resolve("status"),
          "Name:\t%s\nUid:\t%d\t%d\t%d\t%d\nSigCgt:\t8000000000000200\n"
              .formatted("x", uid, effective, effective, effective));
      write(
          folderOfProcess.resolve("cmdline"),
          words.isEmpty() ? "" : String.join("\0", words) + "\0");
      write(
          folderOfProcess.resolve("cgroup"),
          cgroup.startsWith("0::") || cgroup.contains(":") ? cgroup : "0::" + cgroup + "\n");
      try {
        Files.createDirectories(folderOfProcess.resolve("ns"));
        for (var entry : namespaces.entrySet()) {
          link(folderOfProcess.resolve("ns").resolve(entry.getKey()), entry.getValue());
        }
        link(folderOfProcess.resolve("cwd"), folder);
        if (readable) {
          StringBuilder text = new StringBuilder();
          environment.forEach(
              (key, value) -> text.append(key).append('=').append(value).append('\0'));
          write(folderOfProcess.resolve("environ"), text.toString());
        } else {
          Files.createDirectory(folderOfProcess.resolve("environ")); // even root cannot read that
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return FakeProc.this;
    }
  }
}
