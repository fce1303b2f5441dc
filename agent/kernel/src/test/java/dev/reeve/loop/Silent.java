package dev.reeve.loop;

import dev.reeve.decision.Decision;
import dev.reeve.guard.Verdict;
import dev.reeve.model.Episode;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Step;
import java.time.Duration;

/** Hears everything and tells nobody. */
final class Silent implements LoopEvents {
  @Override
  public void cycled(Cycle cycle, Duration took) {}

  @Override
  public void judged(Plan plan, Step step, Verdict verdict) {}

  @Override
  public void stepped(Plan plan, Step step, Outcome outcome) {}

  @Override
  public void noticed(Episode episode, String channel, boolean delivered) {}

  @Override
  public void closed(Plan plan, Decision.PlanClosed closed) {}
}
