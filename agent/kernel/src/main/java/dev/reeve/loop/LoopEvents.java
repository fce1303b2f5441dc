package dev.reeve.loop;

import dev.reeve.decision.Decision;
import dev.reeve.guard.Verdict;
import dev.reeve.model.Episode;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Step;
import java.time.Duration;

/** Told of what happens, for telemetry. Threads: any; must not block or throw. */
public interface LoopEvents {
  void cycled(Cycle cycle, Duration took);

  void judged(Plan plan, Step step, Verdict verdict);

  void stepped(Plan plan, Step step, Outcome outcome);

  void noticed(Episode episode, String channel, boolean delivered);

  void closed(Plan plan, Decision.PlanClosed closed);
}
