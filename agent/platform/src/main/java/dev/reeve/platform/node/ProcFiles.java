package dev.reeve.platform.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the files of single processes below a proc file system. For one thread. */
final class ProcFiles {
  private static final int LONGEST = 2 * 1024 * 1024;
  private static final int FIRST_ROOM = 8 * 1024;
  private static final long PF_EXITING = 4;
  private static final List<String> NAMESPACES = List.of("cgroup", "mnt", "pid", "user");

  private final Proc proc;
  private final Environment.Kept kept;
  private byte[] room = new byte[FIRST_ROOM];

  ProcFiles(Proc proc, Environment.Kept kept) {
    this.proc = proc;
    this.kept = kept;
  }

  List<Long> pids() throws IOException {
    List<Long> pids = new ArrayList<>();
    for (String name : proc.names()) {
      if (isPid(name)) {
        pids.add(Long.parseLong(name));
      }
    }
    pids.sort(null);
    return pids;
  }

  /** Without a regular expression, because a node has thousands of entries each second. */
  private static boolean isPid(String name) {
    return !name.isEmpty()
        && name.length() <= 10
        && name.charAt(0) != '0'
        && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Empty when there is no such process, or not one that can be understood. */
  Optional<ProcessEntry> entry(long pid) {
    try {
      return Optional.of(parseStat(pid, text(pid, "stat")));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** The name may hold spaces, newlines and brackets, so it ends at the last bracket. */
  private static ProcessEntry parseStat(long pid, String stat) {
    int nameEnd = stat.lastIndexOf(')');
    String comm = stat.substring(stat.indexOf('(') + 1, nameEnd);
    String[] rest = stat.substring(nameEnd + 2).strip().split(" ", -1);
    long cpu = 0;
    for (int i = 11; i <= 14; i++) { // utime, stime, cutime, cstime
      cpu += Long.parseLong(rest[i]);
    }
    boolean otherThreadsRun = Long.parseLong(rest[17]) > 1; // then its first thread alone has ended
    return new ProcessEntry(
        new ProcessKey(pid, Long.parseLong(rest[19])),
        Long.parseLong(rest[1]),
        Long.parseLong(rest[2]),
        Long.parseLong(rest[3]),
        rest[0].charAt(0) == 'Z' && otherThreadsRun ? 'R' : rest[0].charAt(0),
        (Long.parseLong(rest[6]) & PF_EXITING) != 0,
        Wording.plain(comm, 64),
        cpu);
  }

  /** Empty when the process of that key is gone; then nothing of what was read can be believed. */
  Optional<ProcessDetails> details(ProcessKey key) {
    long pid = key.pid();
    String status;
    String[] uids;
    try {
      status = text(pid, "status");
      uids = statusLine(status, "Uid:").orElseThrow().split("\\s+", -1);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
    ProcessDetails details =
        new ProcessDetails(
            Long.parseLong(uids[0]),
            Long.parseLong(uids[1]),
            commandLine(pid),
            environment(pid),
            new Confinement(cgroups(pid), namespaces(pid)),
            statusLine(status, "SigCgt:").map(mask -> Long.parseUnsignedLong(mask, 16)).orElse(0L),
            proc.link(pid, "cwd"),
            proc.link(pid, "exe"));
    boolean same = entry(pid).filter(now -> now.key().equals(key)).isPresent();
    return same ? Optional.of(details) : Optional.empty();
  }

  private static Optional<String> statusLine(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip())
        .findFirst();
  }

  private CommandLine commandLine(long pid) {
    try {
      String text = text(pid, "cmdline");
      if (text.isBlank() || text.charAt(0) == '\0') {
        return CommandLine.unreadable();
      }
      int end = text.length();
      while (text.charAt(end - 1) == '\0') {
        end--;
      }
      return new CommandLine(List.of(text.substring(0, end).split("\0", -1)));
    } catch (IOException e) {
      return CommandLine.unreadable();
    }
  }

  /**
   * A process may write over its environment, as some do to change their title. What is left then
   * says nothing.
   */
  private Environment environment(long pid) {
    String text;
    try {
      text = text(pid, "environ");
    } catch (IOException e) {
      return new Environment.Unreadable("no right to read it");
    }
    SortedMap<String, String> variables = new TreeMap<>();
    int found = 0;
    for (String variable : text.split("\0", -1)) {
      int equals = variable.indexOf('=');
      if (equals <= 0) {
        continue;
      }
      found++;
      String name = variable.substring(0, equals);
      if (kept.keeps(name)) {
        variables.putIfAbsent(name, kept.cut(name, variable.substring(equals + 1)));
      }
    }
    return found == 0
        ? new Environment.Unreadable("it is empty or overwritten")
        : new Environment.Known(variables);
  }

  private List<String> cgroups(long pid) {
    try {
      List<String> paths = new ArrayList<>();
      for (String line : text(pid, "cgroup").split("\n", -1)) {
        String[] fields = line.split(":", 3);
        if (fields.length == 3) {
          boolean systemd = fields[1].isEmpty() || fields[1].equals("name=systemd");
          paths.add(systemd && !fields[2].equals("/") ? 0 : paths.size(), fields[2]);
        }
      }
      return paths;
    } catch (IOException e) {
      return List.of();
    }
  }

  SortedMap<String, String> namespaces(long pid) {
    SortedMap<String, String> names = new TreeMap<>();
    for (String type : NAMESPACES) {
      String name = proc.link(pid, "ns/" + type);
      if (name.isEmpty() && !type.equals("cgroup")) { // kernels before 4.6 have no such namespace
        return new TreeMap<>();
      }
      names.put(type, name);
    }
    return names;
  }

  private String text(long pid, String file) throws IOException {
    int length = read(pid, file); // may make the room another
    return new String(room, 0, length, StandardCharsets.UTF_8);
  }

  /** Reads a file into the room that all files share, and says how long it is. */
  private int read(long pid, String file) throws IOException {
    try (InputStream in = proc.open(pid, file)) {
      int length = 0;
      int count;
      while ((count = in.read(room, length, room.length - length)) > 0) {
        length += count;
        if (length == room.length) {
          room = Arrays.copyOf(room, 4 * length);
        }
        if (length > LONGEST) {
          throw new IOException(pid + "/" + file + " is longer than " + LONGEST + " bytes");
        }
      }
      return length;
    }
  }
}
