package dev.reeve.board;

import dev.reeve.model.Claim;
import dev.reeve.model.Holding;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who holds one device, out of what all sources say. */
final class DeviceClaims {
  private static final double NANOS = 1e9;
  private static final int ENOUGH_SOURCES = 2;
  private static final int ENOUGH_POLLS = 2;

  private final SubjectId device;
  private final SortedMap<SourceLog, SourceClaims> bySource = new TreeMap<>(SourceLog.TRUST);

  DeviceClaims(SubjectId device) {
    this.device = device;
  }

  void say(SourceLog source, Holding.Answer answer, long atNanos) {
    bySource.computeIfAbsent(source, log -> new SourceClaims(device, log)).say(answer, atNanos);
  }

  void settle(long nowNanos, long forgetNanos) {
    for (SourceClaims claims : bySource.values()) {
      claims.settle(nowNanos);
      claims.forget(nowNanos - forgetNanos);
    }
    bySource.values().removeIf(claims -> claims.silent() && !claims.source().answers(nowNanos));
  }

  /** Whether nothing is left of what was ever said. */
  boolean silent() {
    for (SourceClaims claims : bySource.values()) {
      if (!claims.silent()) {
        return false;
      }
    }
    return true;
  }

  /** Every workload that any source says holds it now. */
  void holders(Consumer<SubjectId> each) {
    bySource.values().forEach(claims -> claims.holders(each));
  }

  List<Claim> claims() {
    List<Claim> all = new ArrayList<>(bySource.size());
    bySource.values().forEach(claims -> all.addAll(claims.claims()));
    return Collections.unmodifiableList(all);
  }

  /**
   * What all sources agree on; unsure where they contradict each other or none can tell.
   *
   * @param foreignTo the platform that a workload really belongs to; empty text where its own
   */
  Holding.Answer answer(Function<SubjectId, String> foreignTo) {
    Holding.@Nullable Answer only = only(foreignTo);
    if (only != null) {
      return only;
    }
    List<Statement> statements = statements(foreignTo);
    if (statements.isEmpty()) {
      return new Holding.Unsure(
          bySource.values().stream()
              .map(SourceClaims::unsure)
              .flatMap(Optional::stream)
              .findFirst()
              .orElse("no source says who holds it"));
    }
    Statement first = statements.getFirst();
    for (Statement other : statements.subList(1, statements.size())) {
      if (!other.holders().equals(first.holders())) {
        return new Holding.Unsure(
            "%s says %s, %s says %s"
                .formatted(first.source(), first.text(), other.source(), other.text()));
      }
    }
    return first.answer();
  }

  /** What the one source says that there is, where it says something and nothing is foreign. */
  private Holding.@Nullable Answer only(Function<SubjectId, String> foreignTo) {
    if (bySource.size() != 1) {
      return null;
    }
    Holding.@Nullable Answer answer = bySource.firstEntry().getValue().definite().orElse(null);
    if (answer instanceof Holding.HeldBy held) {
      for (SubjectId workload : held.workloads()) {
        if (!foreignTo.apply(workload).isEmpty()) {
          return null;
        }
      }
    }
    return answer instanceof Holding.Unsure ? null : answer;
  }

  /**
   * Why its claim is not good enough for more than a notice; empty where it is.
   *
   * @param answer what all sources agree on
   */
  Optional<String> unsure(SubjectId workload, Holding.Answer answer) {
    if (answer instanceof Holding.Unsure unsure) {
      return Optional.of(device.key() + ": " + unsure.reason());
    }
    int sources = 0;
    int polls = 0;
    for (SourceClaims claims : bySource.values()) {
      if (claims.since(workload).isPresent()) {
        sources++;
        polls = Math.max(polls, claims.polls(workload));
      }
    }
    boolean holds = answer instanceof Holding.HeldBy held && held.workloads().contains(workload);
    if (!holds || sources == 0) {
      return Optional.of(device.key() + ": no source says that it holds this GPU");
    }
    if (sources < ENOUGH_SOURCES && polls < ENOUGH_POLLS) {
      return Optional.of(
          device.key() + ": one source says so, once; a second poll or source is needed");
    }
    return Optional.empty();
  }

  /**
   * Why a workload's window over a span is not known; empty where it held the device throughout.
   */
  Optional<Window.Unknown> whyNotHeld(SubjectId workload, long spanNanos, long nowNanos) {
    long start = nowNanos - spanNanos;
    OptionalLong earliest = OptionalLong.empty();
    for (SourceClaims claims : bySource.values()) {
      OptionalLong since = claims.since(workload);
      if (since.isPresent() && since.getAsLong() > start) {
        Optional<Claim> before = lastOther(claims, workload, start);
        if (before.isPresent()) {
          return Optional.of(changedHands(before.get(), nowNanos));
        }
      }
      if (since.isPresent() && (earliest.isEmpty() || since.getAsLong() < earliest.getAsLong())) {
        earliest = since;
      }
    }
    if (earliest.isEmpty()) {
      return Optional.of(
          new Window.Unknown(
              Reason.CLAIM_UNSURE, device.key() + ": no source says that it holds this GPU"));
    }
    if (earliest.getAsLong() > start) {
      return Optional.of(
          new Window.Unknown(
              Reason.TOO_YOUNG,
              "%s is held for %s, %s are needed"
                  .formatted(
                      device.key(),
                      Words.time(nowNanos - earliest.getAsLong()),
                      Words.time(spanNanos))));
    }
    return Optional.empty();
  }

  /**
   * Seconds for which every source that can tell has said that nobody holds it.
   *
   * @param answer what all sources agree on
   */
  OptionalDouble unheldSeconds(Holding.Answer answer) {
    if (!(answer instanceof Holding.Nobody)) {
      return OptionalDouble.empty();
    }
    OptionalDouble longest = OptionalDouble.empty();
    long lastHeld = Long.MIN_VALUE;
    for (SourceClaims claims : bySource.values()) {
      for (Claim claim : claims.ended()) {
        lastHeld = Math.max(lastHeld, claim.untilNanos().orElseThrow());
      }
    }
    for (SourceClaims claims : bySource.values()) {
      OptionalLong since = claims.nobodySince();
      if (since.isPresent()) {
        long from = Math.max(since.getAsLong(), lastHeld);
        double seconds = Math.max(0, claims.definiteAt() - from) / NANOS;
        longest = OptionalDouble.of(Math.max(seconds, longest.orElse(0)));
      }
    }
    return longest;
  }

  private static Optional<Claim> lastOther(SourceClaims claims, SubjectId workload, long start) {
    return claims.ended().stream()
        .filter(claim -> !claim.workload().equals(workload))
        .filter(claim -> claim.untilNanos().orElseThrow() > start)
        .reduce((_, later) -> later);
  }

  private Window.Unknown changedHands(Claim before, long nowNanos) {
    return new Window.Unknown(
        Reason.CHANGED_HANDS,
        "%s was held by %s until %s ago"
            .formatted(
                device.key(),
                before.workload().key(),
                Words.time(nowNanos - before.untilNanos().orElseThrow())));
  }

  /** What one source says, without those whom another source knows better. */
  private record Statement(String source, SortedSet<SubjectId> holders, Holding.Answer answer) {
    String text() {
      return holders.isEmpty()
          ? "nobody"
          : String.join(" and ", holders.stream().map(SubjectId::key).toList());
    }
  }

  /**
   * A node sees a pod's process as a workload of its own that is foreign: where the pod's platform
   * speaks for itself, that is one holder and not two.
   */
  private List<Statement> statements(Function<SubjectId, String> foreignTo) {
    SortedSet<String> speaking = new TreeSet<>();
    for (SourceClaims claims : bySource.values()) {
      if (claims.definite().orElse(null) instanceof Holding.HeldBy held) {
        for (SubjectId workload : held.workloads()) {
          if (foreignTo.apply(workload).isEmpty()) {
            speaking.add(platform(workload));
          }
        }
      }
    }
    List<Statement> statements = new ArrayList<>();
    for (SourceClaims claims : bySource.values()) {
      switch (claims.definite().orElse(new Holding.Unsure(""))) {
        case Holding.HeldBy held -> {
          SortedSet<SubjectId> own = new TreeSet<>(held.workloads());
          own.removeIf(workload -> speaking.contains(foreignTo.apply(workload)));
          if (!own.isEmpty()) {
            boolean all = own.size() == held.workloads().size();
            Holding.Answer said = all ? held : new Holding.HeldBy(List.copyOf(own));
            statements.add(new Statement(claims.source().name(), own, said));
          }
        }
        case Holding.Nobody none ->
            statements.add(new Statement(claims.source().name(), new TreeSet<>(), none));
        case Holding.Unsure _ -> {}
      }
    }
    return statements;
  }

  private static String platform(SubjectId workload) {
    int slash = workload.key().indexOf('/');
    return slash < 0 ? workload.key() : workload.key().substring(0, slash);
  }
}
