package dev.reeve.control;

import dev.reeve.linux.Pidfd;
import dev.reeve.linux.UnixConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Who asks, as the kernel says.
 *
 * @param user the user's name, else {@code uid N}
 * @param pid 0 where it is not known
 */
public record Caller(String user, long uid, long pid) {

  static Caller of(UnixConnection connection) {
    long uid = connection.credentials().uid();
    long pid = connection.process().filter(Pidfd::alive).map(Pidfd::pid).orElse(0L);
    return new Caller(pid == 0 ? "uid " + uid : name(pid, uid), uid, pid);
  }

  /** The name is asked of the process's folder, because Java asks the system for no other uid. */
  private static String name(long pid, long uid) {
    Path folder = Path.of("/proc/" + pid);
    try {
      Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      if (owner instanceof Integer number && Integer.toUnsignedLong(number) == uid) {
        return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName();
      }
    } catch (IOException | UnsupportedOperationException e) {
      // it is gone already, and its number must do
    }
    return "uid " + uid;
  }

  /** For journal and log. */
  @Override
  public String toString() {
    return pid == 0 ? user : user + " (pid " + pid + ")";
  }
}
