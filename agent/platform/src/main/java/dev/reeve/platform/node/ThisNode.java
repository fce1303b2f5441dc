package dev.reeve.platform.node;

import dev.reeve.linux.BootClock;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The machine that is looked at, and where its files lie.
 *
 * @param proc its proc file system
 * @param run its folder of run time files, below which systemd keeps invocation ids
 * @param passwd its list of users
 * @param machineId its name among machines
 * @param bootId the present boot
 * @param names host names and addresses, in lower case, under which it knows itself
 * @param ownPid the process that must never be touched, nor its ancestors
 * @param containerIsNode whether the container in which Reeve itself runs counts as the machine:
 *     for a demonstration, whose workloads are its own children
 */
public record ThisNode(
    Proc proc,
    Path run,
    Path passwd,
    String machineId,
    String bootId,
    Set<String> names,
    long ownPid,
    boolean containerIsNode) {
  public ThisNode {
    names = Set.copyOf(names);
  }

  /** The machine on which this runs. */
  public static ThisNode here() {
    Set<String> names = ownNames();
    return new ThisNode(
        Proc.at(Path.of("/proc")),
        Path.of("/run"),
        Path.of("/etc/passwd"),
        machineId(names),
        BootClock.bootId(),
        names,
        ProcessHandle.current().pid(),
        false);
  }

  /** The same, where the container around Reeve counts as the machine. */
  public ThisNode withinContainer() {
    return new ThisNode(proc, run, passwd, machineId, bootId, names, ownPid, true);
  }

  /** Its name as the kernel has it; empty if unreadable. */
  public static String hostName() {
    return line(Path.of("/proc/sys/kernel/hostname"));
  }

  private static String machineId(Set<String> names) {
    for (String file : new String[] {"/etc/machine-id", "/var/lib/dbus/machine-id"}) {
      String id = line(Path.of(file));
      if (id.matches("[0-9a-f]{32}")) {
        return id;
      }
    }
    return names.stream().sorted().findFirst().orElse("unknown");
  }

  private static Set<String> ownNames() {
    Set<String> names = new TreeSet<>();
    names.add(hostName().toLowerCase(Locale.ROOT));
    try (Stream<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()) {
      interfaces
          .flatMap(NetworkInterface::inetAddresses)
          .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
          .forEach(names::add);
    } catch (SocketException e) {
      // its host name is left
    }
    names.remove("");
    return names;
  }

  private static String line(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether a host name or address means this machine; no name is looked up. */
  boolean is(String address) {
    String name = address.strip().toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    return name.equals("localhost")
        || name.equals("::1")
        || name.matches("127(\\.\\d{1,3}){3}")
        || names.contains(name)
        || (dot > 0 && !name.matches("[\\d.]+") && names.contains(name.substring(0, dot)));
  }
}
