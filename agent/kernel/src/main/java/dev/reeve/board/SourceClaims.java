package dev.reeve.board;

import dev.reeve.model.Claim;
import dev.reeve.model.Holding;
import dev.reeve.model.SubjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** What one source says over time of who holds one device. */
final class SourceClaims {
  private static final int MOST_ENDED = 32;

  private final SubjectId device;
  private final SourceLog source;
  private final List<Held> open = new ArrayList<>(1);
  private final List<Claim> ended = new ArrayList<>(1);

  /** Those of {@link #open}, once they were asked for. */
  private Optional<Holding.Answer> holders = Optional.empty();

  private Holding.Answer answer = new Holding.Unsure("not asked yet");
  private boolean definite;
  private long definiteAt;
  private boolean nobody;
  private long nobodySince;

  SourceClaims(SubjectId device, SourceLog source) {
    this.device = device;
    this.source = source;
  }

  private static final class Held {
    final SubjectId workload;
    final long since;
    long said;
    int polls;
    long answer;

    Held(SubjectId workload, long since) {
      this.workload = workload;
      this.since = since;
    }
  }

  SourceLog source() {
    return source;
  }

  void say(Holding.Answer said, long atNanos) {
    settle(atNanos);
    answer = said;
    switch (said) {
      case Holding.HeldBy holders -> {
        nobody = false;
        end(holders.workloads(), atNanos);
        holders.workloads().forEach(workload -> claim(workload, atNanos));
        definite(atNanos);
      }
      case Holding.Nobody _ -> {
        end(List.of(), atNanos);
        if (!nobody) {
          nobodySince = atNanos;
        }
        nobody = true;
        definite(atNanos);
      }
      // the claims stand for a while, but not in a row any more
      case Holding.Unsure _ -> nobody = false;
    }
  }

  /** Ends what was not said again in time. */
  void settle(long nowNanos) {
    if (definite && source.tooOld(definiteAt, nowNanos)) {
      nobody = false;
      definite = false;
    }
    open.removeIf(
        held -> {
          boolean lapsed = source.tooOld(held.said, nowNanos);
          if (lapsed) {
            ended.add(claim(held, OptionalLong.of(held.said)));
            holders = Optional.empty();
          }
          return lapsed;
        });
  }

  /** Forgets claims that ended by then. */
  void forget(long untilNanos) {
    ended.removeIf(claim -> claim.untilNanos().orElseThrow() <= untilNanos);
    while (ended.size() > MOST_ENDED) {
      ended.removeFirst();
    }
  }

  boolean silent() {
    return !definite && open.isEmpty() && ended.isEmpty();
  }

  /** What it said last that was more than that it could not tell, if that still holds. */
  Optional<Holding.Answer> definite() {
    if (!definite) {
      return Optional.empty();
    }
    if (nobody) {
      return Optional.of(answer);
    }
    if (holders.isEmpty() && !open.isEmpty()) {
      List<SubjectId> all = open.stream().map(held -> held.workload).toList();
      holders = Optional.of(new Holding.HeldBy(all));
    }
    return holders;
  }

  /** Why it cannot tell, where it said so last. */
  Optional<String> unsure() {
    return answer instanceof Holding.Unsure unsure
        ? Optional.of(source.name() + ": " + unsure.reason())
        : Optional.empty();
  }

  /** How often in a row it said so. */
  int polls(SubjectId workload) {
    return held(workload).map(held -> held.polls).orElse(0);
  }

  OptionalLong since(SubjectId workload) {
    return held(workload).map(held -> OptionalLong.of(held.since)).orElse(OptionalLong.empty());
  }

  OptionalLong nobodySince() {
    return nobody ? OptionalLong.of(nobodySince) : OptionalLong.empty();
  }

  long definiteAt() {
    return definiteAt;
  }

  /** Every workload that it says holds the device. */
  void holders(Consumer<SubjectId> each) {
    open.forEach(held -> each.accept(held.workload));
  }

  /** All claims that are kept, the ended ones first. */
  List<Claim> claims() {
    List<Claim> all = new ArrayList<>(ended);
    open.forEach(held -> all.add(claim(held, OptionalLong.empty())));
    return all;
  }

  List<Claim> ended() {
    return ended;
  }

  private void definite(long atNanos) {
    definite = true;
    definiteAt = atNanos;
  }

  private void claim(SubjectId workload, long atNanos) {
    Held held =
        held(workload)
            .orElseGet(
                () -> {
                  Held begun = new Held(workload, atNanos);
                  open.add(begun);
                  holders = Optional.empty();
                  return begun;
                });
    boolean inARow = source.answerNumber() - held.answer == 1;
    held.polls = inARow ? held.polls + 1 : 1;
    held.answer = source.answerNumber();
    held.said = atNanos;
  }

  private void end(List<SubjectId> except, long atNanos) {
    open.removeIf(
        held -> {
          boolean over = !except.contains(held.workload);
          if (over) {
            ended.add(claim(held, OptionalLong.of(atNanos)));
            holders = Optional.empty();
          }
          return over;
        });
  }

  private Optional<Held> held(SubjectId workload) {
    for (Held held : open) {
      if (held.workload.equals(workload)) {
        return Optional.of(held);
      }
    }
    return Optional.empty();
  }

  private Claim claim(Held held, OptionalLong until) {
    return new Claim(device, held.workload, source.name(), held.since, until, held.polls);
  }
}
