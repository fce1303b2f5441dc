package dev.reeve.platform.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells sessions, managers and infrastructure from work, by name. Whoever names a program of his
 * own after one of them only protects it.
 */
final class Roles {
  private static final Set<String> SHELLS =
      Set.of(
          "sh", "bash", "dash", "zsh", "fish", "ksh", "mksh", "ksh93", "tcsh", "csh", "ash",
          "busybox", "nu", "pwsh", "elvish", "xonsh", "rbash");

  /** What the kernel keeps of a name. */
  private static final int COMM_BYTES = 15;

  private static final Pattern EDITOR =
      Pattern.compile("/\\.(vscode|cursor|windsurf)[\\w-]*-server/|com\\.intellij\\.|/JetBrains/");

  private static final Map<String, Role> NAMES = new HashMap<>();
  private static final Map<String, Role> BEGINNINGS = new HashMap<>();

  static {
    put(
        Role.REMOTE_LOGIN,
        "sshd",
        "sshd-session",
        "sshd-auth",
        "dropbear",
        "mosh-server",
        "etserver");
    put(Role.REMOTE_LOGIN, "login", "in.telnetd", "ttyd", "gotty", "su", "runuser", "agetty");
    put(Role.REMOTE_LOGIN, "xrdp-sesman", "xrdp", "x2goagent", "nxnode", "Xvnc", "x11vnc");
    put(Role.MULTIPLEXER, "tmux", "screen", "zellij", "byobu", "dtach", "abduco", "dvtm", "shpool");
    put(Role.MULTIPLEXER, "SCREEN");
    put(Role.EDITOR, "code-server", "code-tunnel", "openvscode-server", "rserver", "rsession");
    put(
        Role.EDITOR,
        "emacs",
        "vim",
        "nvim",
        "code",
        "cursor",
        "jetbrains-gateway",
        "remote-dev-server");
    put(
        Role.DESKTOP,
        "Xorg",
        "X",
        "Xwayland",
        "weston",
        "sway",
        "mutter",
        "gnome-shell",
        "plasmashell");
    put(
        Role.DESKTOP,
        "gdm",
        "gdm3",
        "gdm-x-session",
        "sddm",
        "lightdm",
        "Hyprland",
        "cinnamon",
        "wayfire");
    put(
        Role.DESKTOP,
        "gnome-session",
        "gnome-session-binary",
        "xfce4-session",
        "dbus-daemon",
        "dbus-broker");
    put(
        Role.DESKTOP,
        "gnome-terminal-server",
        "konsole",
        "xterm",
        "kitty",
        "alacritty",
        "wezterm-gui");
    put(Role.DESKTOP, "terminator", "xfce4-terminal", "guacd", "ssh-agent", "gpg-agent");
    put(Role.CRON, "cron", "crond", "CRON", "atd", "anacron", "fcron", "cronie");
    put(
        Role.SERVICE_MANAGER,
        "systemd",
        "init",
        "supervisord",
        "runit",
        "runsv",
        "runsvdir",
        "svscan");
    put(
        Role.SERVICE_MANAGER,
        "s6-supervise",
        "s6-svscan",
        "supervise",
        "supervise-daemon",
        "dinit",
        "monit");
    put(
        Role.SERVICE_MANAGER,
        "circusd",
        "pm2",
        "god",
        "bluepill",
        "upstart",
        "launchd",
        "nomad",
        "consul");
    put(
        Role.CONTAINER_SHIM,
        "conmon",
        "runc",
        "crun",
        "kata-shim",
        "dockerd",
        "containerd",
        "podman");
    put(
        Role.CONTAINER_SHIM,
        "lxc-start",
        "systemd-nspawn",
        "docker-init",
        "kubelet",
        "crio",
        "buildkitd");
    put(
        Role.BATCH_SHIM,
        "slurmstepd",
        "slurmd",
        "pbs_mom",
        "sge_shepherd",
        "sge_execd",
        "condor_starter");
    put(Role.BATCH_SHIM, "condor_startd", "sbatchd", "res", "flux-broker", "flux-imp", "raylet");
    put(
        Role.INFRASTRUCTURE,
        "nvidia-persistenced",
        "nvidia-cuda-mps-server",
        "nvidia-cuda-mps-control");
    put(
        Role.INFRASTRUCTURE,
        "nv-hostengine",
        "dcgm-exporter",
        "dcgmi",
        "dcgm",
        "nvidia-smi",
        "nvidia-powerd");
    put(
        Role.INFRASTRUCTURE,
        "nvidia-fabricmanager",
        "nv-fabricmanager",
        "nvidia-imex",
        "nvitop",
        "nvtop");
    put(
        Role.INFRASTRUCTURE,
        "gpustat",
        "nvidia-device-plugin",
        "nvsm",
        "nvidia-topologyd",
        "dcgmproftester");
    begin(Role.CONTAINER_SHIM, "containerd-shim", "docker-containerd", "lxc-");
    begin(Role.DESKTOP, "kwin_", "gdm-", "gnome-session");
    begin(
        Role.INFRASTRUCTURE,
        "dcgm",
        "nvidia-cuda-mps",
        "nvidia-persiste",
        "nvidia-fabricma",
        "nvidia_gpu_expo");
    begin(Role.MULTIPLEXER, "tmux:", "tmux: ");
    begin(Role.REMOTE_LOGIN, "sshd:", "sshd-session:");
    begin(Role.SERVICE_MANAGER, "PM2", "supervisord");
  }

  private final Set<Long> reeve;

  /**
   * @param reeve the pids of this daemon and its ancestors
   */
  Roles(List<Long> reeve) {
    this.reeve = Set.copyOf(reeve);
  }

  private static void put(Role role, String... names) {
    for (String name : names) {
      NAMES.put(name, role);
      NAMES.put(name.substring(0, Math.min(COMM_BYTES, name.length())), role);
    }
  }

  private static void begin(Role role, String... beginnings) {
    for (String beginning : beginnings) {
      BEGINNINGS.put(beginning, role);
    }
  }

  Role of(ProcessEntry process, ProcessDetails details) {
    if (process.pid() == 1 || process.parent() == 2 || process.pid() == 2) {
      return Role.SERVICE_MANAGER;
    }
    if (reeve.contains(process.pid())) {
      return Role.REEVE;
    }
    List<String> words = details.commandLine().words();
    String called = details.commandLine().calledAs();
    String program = CommandLine.base(details.program().replace(" (deleted)", ""));
    for (String name : List.of(called, program, process.comm())) {
      Role role = named(name);
      if (role != Role.ORDINARY) {
        return role;
      }
    }
    if (isShell(called) || isShell(program)) {
      return isSession(words) ? Role.SESSION_SHELL : Role.ORDINARY;
    }
    return byArguments(words);
  }

  private static Role named(String name) {
    Role exact = NAMES.get(name);
    if (exact != null) {
      return exact;
    }
    if (name.endsWith("_exporter") || name.endsWith("-exporter")) {
      return Role.INFRASTRUCTURE;
    }
    return BEGINNINGS.entrySet().stream()
        .filter(entry -> name.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .sorted()
        .findFirst()
        .orElse(Role.ORDINARY);
  }

  static boolean isShell(String name) {
    return SHELLS.contains(name.startsWith("-") ? name.substring(1) : name);
  }

  /**
   * A shell without a script: it waits for people, or reads commands from somewhere unseen. One
   * that was called as a login shell ({@code -bash}) is one whatever it runs.
   */
  private static boolean isSession(List<String> words) {
    if (words.isEmpty() || CommandLine.base(words.getFirst()).startsWith("-")) {
      return true;
    }
    return Script.ofShell(words).isEmpty();
  }

  /** Programs that run inside an interpreter are known by their script. */
  private static Role byArguments(List<String> words) {
    Stream<String> scripts = words.stream().skip(1).filter(word -> !word.startsWith("-")).limit(2);
    for (String script : scripts.toList()) {
      String base = CommandLine.base(script);
      if (base.equals("supervisord") || base.equals("circusd") || base.equals("pm2")) {
        return Role.SERVICE_MANAGER;
      }
      if (base.matches("(.*[_-])?exporter(\\.py)?") || base.equals("gpustat")) {
        return Role.INFRASTRUCTURE;
      }
    }
    boolean editor = words.stream().limit(400).anyMatch(word -> EDITOR.matcher(word).find());
    return editor ? Role.EDITOR : Role.ORDINARY;
  }
}
