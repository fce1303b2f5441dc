package dev.reeve.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** The machine, its GPUs and its workloads as they truly are. */
final class World {
  static final int GPUS = 28;
  static final int REEVE = 900;

  private static final Role[] ROLES = {
    Role.WORKER,
    Role.WORKER,
    Role.WORKER,
    Role.LIGHT_WORKER,
    Role.LIGHT_WORKER,
    Role.IDLER,
    Role.IDLER,
    Role.IDLER,
    Role.IDLE_BATCH,
    Role.BURSTY,
    Role.BURSTY,
    Role.FLAPPING,
    Role.CPU_WORK,
    Role.STARTING,
    Role.HUNG,
    Role.NOTEBOOK,
    Role.SERVING,
    Role.UNDECLARED,
    Role.SHIELDED,
    Role.KEPT,
  };

  private static final int FIRST_PID = 2000;
  private static final int PIDS = 400;

  final SimClock clock;
  final Story story;
  final List<Workload> workloads = new ArrayList<>();
  final TreeMap<Integer, Task> tasks = new TreeMap<>();
  private final Random random;
  private final TreeMap<Long, List<Task>> exits = new TreeMap<>();
  private int nextPid;
  private int boots;

  World(long seed, int minutes, SimClock clock, Story story) {
    this.clock = clock;
    this.story = story;
    this.random = new Random(seed * 7 + 1);
    this.nextPid = random.nextInt(PIDS);
    int gpu = 0;
    for (int i = 0; i < ROLES.length; i++) {
      int many = i == 3 ? 4 : i % 5 == 1 ? 2 : 1;
      List<Integer> gpus = new ArrayList<>();
      for (int k = 0; k < many && gpu < GPUS - 1; k++) {
        gpus.add(gpu++);
      }
      String name = (ROLES[i] == Role.KEPT ? "keep-" : "w-") + i;
      Random own = new Random(seed * 1_000_003 + i);
      workloads.add(new Workload(name, ROLES[i], gpus, minutes, own));
    }
    boot();
  }

  /** The machine starts: nothing runs but its own. */
  void boot() {
    boots++;
    tasks.clear();
    exits.clear();
    add(new Task(1, 0, 0, Task.Owner.SYSTEM, system("/sbin/init")));
    add(new Task(REEVE, 1, clock.bootNanos(), Task.Owner.SYSTEM, system("/usr/bin/reeve")));
    for (Workload workload : workloads) {
      workload.tasks.clear();
      start(workload);
    }
  }

  private static Task.Started system(String program) {
    return new Task.Started(program, "--run", "PATH=/bin", 0);
  }

  private void add(Task task) {
    tasks.put(task.pid, task);
  }

  private int pid() {
    do {
      nextPid = (nextPid + 1) % PIDS;
    } while (tasks.containsKey(FIRST_PID + nextPid));
    return FIRST_PID + nextPid;
  }

  private void start(Workload workload) {
    workload.begin(clock.minute());
    Task.Owner owner = new Task.Owner(workload.name, workload.run);
    String environment = "PATH=/bin REEVE_NAME=" + workload.name;
    if (!workload.role.kind().isEmpty()) {
      environment += " REEVE_KIND=" + workload.role.kind();
    }
    if (!workload.role.environment().isEmpty()) {
      environment += " " + workload.role.environment();
    }
    Task.Started as = new Task.Started("/usr/bin/python3", "train.py", environment, 1000);
    int root = pid();
    workload.tasks.add(new Task(root, 1, clock.bootNanos(), owner, as));
    add(workload.tasks.getFirst());
    workload.uid = root + "@" + workload.tasks.getFirst().startTicks + "@" + bootId();
    if (root % 3 == 0) {
      Task loader = new Task(pid(), root, clock.bootNanos(), owner, as);
      workload.tasks.add(loader);
      add(loader);
    }
    story.tell("world", workload + " starts as process " + root + " on GPUs " + workload.gpus);
  }

  /** A minute begins. */
  void step() {
    int minute = clock.minute();
    for (Workload workload : workloads) {
      if (workload.alive()) {
        workload.tasks.getFirst().cpuSeconds += 60 * workload.script.cores(minute);
        workload.worked[minute] |= workload.busy(minute);
      } else if (workload.againAt >= 0 && workload.againAt <= minute) {
        start(workload);
      }
    }
  }

  /** Runs that waste their GPUs for hours, may be ended, and were not. */
  void countMissed(Figures figures, int longEnough) {
    for (Workload workload : workloads) {
      boolean gpuIdle =
          workload.alive() && workload.run == 1 && workload.idleFor(clock.minute()) >= longEnough;
      if (gpuIdle && workload.role.mayEnd() && workload.role != Role.CPU_WORK) {
        figures.missed.add(workload.name + "/" + workload.run);
      }
    }
  }

  /** Processes end whose time has come. */
  void settle() {
    while (!exits.isEmpty() && exits.firstKey() <= clock.nanos()) {
      exits.pollFirstEntry().getValue().forEach(this::end);
    }
  }

  /** A process ends in a while. */
  void endLater(Task task, long afterNanos) {
    exits.computeIfAbsent(clock.nanos() + afterNanos, _ -> new ArrayList<>()).add(task);
  }

  void end(Task task) {
    if (task.ended) {
      return;
    }
    task.ended = true;
    tasks.remove(task.pid);
    of(task)
        .ifPresent(
            workload -> {
              workload.tasks.remove(task);
              workload.tasks.forEach(
                  left -> left.parent = left.parent == task.pid ? 1 : left.parent);
              if (!workload.alive()) {
                workload.ended(clock.minute());
                story.tell("world", workload + " has ended");
              }
            });
  }

  /** A workload ends by itself. */
  void finish(Workload workload) {
    story.tell("world", workload + " ends by itself");
    List.copyOf(workload.tasks).forEach(this::end);
  }

  /** A workload ends, and at once another one gets its process number and its GPU. */
  void replace(Workload workload) {
    int pid = workload.tasks.getFirst().pid;
    finish(workload);
    nextPid = (pid - FIRST_PID + PIDS - 1) % PIDS;
    start(workload);
    workload.script.work(clock.minute(), 60);
    workload.worked[clock.minute()] = true;
  }

  /** One that is idle ends, and its GPUs go to one that works. */
  void changeHands() {
    mostIdle()
        .ifPresent(
            idle ->
                workloads.stream()
                    .filter(other -> other.alive() && other.busy(clock.minute()))
                    .findFirst()
                    .ifPresent(
                        heir -> {
                          finish(idle);
                          idle.againAt = -1;
                          heir.gpus.addAll(idle.gpus);
                          idle.gpus.clear();
                          story.tell("world", "its GPUs go to " + heir);
                        }));
  }

  /** It works again, from now on. */
  void work(Workload workload) {
    story.tell("world", workload + " works again");
    workload.script.work(clock.minute(), 30);
    workload.worked[clock.minute()] = true;
  }

  /** The workload that a process belongs to; empty for what is nobody's work. */
  Optional<Workload> of(Task task) {
    return workloads.stream()
        .filter(workload -> workload.name.equals(task.owner.name()))
        .filter(workload -> workload.run == task.owner.run())
        .findFirst();
  }

  Optional<Workload> named(String name) {
    return workloads.stream().filter(workload -> workload.name.equals(name)).findFirst();
  }

  /** Who holds a GPU now. */
  Optional<Workload> holder(int gpu) {
    for (Workload workload : workloads) {
      if (workload.alive() && workload.gpus.contains(gpu)) {
        return Optional.of(workload);
      }
    }
    return Optional.empty();
  }

  /** Which of those that may be ended has been idle for longest. */
  Optional<Workload> mostIdle() {
    int minute = clock.minute();
    return workloads.stream()
        .filter(workload -> workload.alive() && workload.role.mayEnd() && !workload.shielded)
        .filter(workload -> workload.role != Role.CPU_WORK)
        .filter(workload -> workload.idleFor(minute) > 20)
        .max(Comparator.comparingInt(workload -> workload.idleFor(minute)));
  }

  /** One of those that live, by chance. */
  Optional<Workload> any() {
    List<Workload> living = workloads.stream().filter(Workload::alive).toList();
    return living.isEmpty()
        ? Optional.empty()
        : Optional.of(living.get(random.nextInt(living.size())));
  }

  static String uuid(int gpu) {
    return "GPU-" + (10_000_000 + gpu) + "-5171-0000-0000-" + (100_000_000_000L + gpu);
  }

  /** The name of the present boot. */
  String bootId() {
    return "00000000-0000-4000-8000-" + (100_000_000_000L + boots);
  }
}
