package dev.reeve.board;

import dev.reeve.model.Cost;
import dev.reeve.model.Holding;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One GPU at the instant of a survey, listed or only said to be held. */
final class Place {
  private final Survey survey;
  private final SubjectId id;
  private final Optional<Listed> listed;
  private final Optional<DeviceClaims> claims;
  private final Windows windows = new Windows(this::made);
  private Holding.@Nullable Answer answer;

  Place(Survey survey, SubjectId id, Optional<Listed> listed, Optional<DeviceClaims> claims) {
    this.survey = survey;
    this.id = id;
    this.listed = listed;
    this.claims = claims;
  }

  SubjectId id() {
    return id;
  }

  Optional<Listed> listed() {
    return listed;
  }

  Cost price() {
    return listed
        .map(gpu -> survey.price(gpu.device()))
        .orElseGet(() -> new Cost.Unknown("no source lists this GPU"));
  }

  /** Who holds it, as far as its sources agree. */
  Holding.Answer answer() {
    Holding.Answer known = answer;
    if (known == null) {
      known =
          claims
              .map(held -> held.answer(survey::foreignTo))
              .orElseGet(() -> new Holding.Unsure("no source says who holds it"));
      answer = known;
    }
    return known;
  }

  OptionalDouble unheldSeconds() {
    return claims.map(held -> held.unheldSeconds(answer())).orElse(OptionalDouble.empty());
  }

  Window window(Signal signal, Duration span) {
    return windows.of(signal, span);
  }

  private Window made(Signal signal, Duration span) {
    if (signal == Signal.COST_RATE) {
      return Costs.window(price(), span);
    }
    return listed
        .map(gpu -> gpu.measured().window(signal, span.toNanos(), survey.now()))
        .orElseGet(() -> new Window.Unknown(Reason.NEVER_SEEN, "no source lists this GPU"));
  }

  /** Whether a signal was ever seen on it. */
  boolean sees(Signal signal) {
    return listed.isPresent() && listed.get().measured().has(signal);
  }

  /** Signs of sickness on it, or on the board that it is cut from. */
  Optional<String> sick() {
    return listed.flatMap(
        gpu ->
            gpu.measured()
                .health()
                .sick(survey.now())
                .or(
                    () ->
                        survey
                            .place(SubjectId.gpu(gpu.device().board()))
                            .listed()
                            .flatMap(board -> board.measured().health().sick(survey.now()))));
  }

  /** Whether any source says that another workload holds it as well. */
  boolean shared(SubjectId workload) {
    return claims.stream()
        .flatMap(held -> held.claims().stream())
        .anyMatch(claim -> claim.untilNanos().isEmpty() && !claim.workload().equals(workload));
  }

  Optional<Window.Unknown> whyNotHeld(SubjectId workload, Duration span) {
    return claims.isEmpty()
        ? Optional.of(
            new Window.Unknown(Reason.CLAIM_UNSURE, id.key() + ": no source says who holds it"))
        : claims.get().whyNotHeld(workload, span.toNanos(), survey.now());
  }

  /** Why its claim is not good enough for more than a notice; empty where it is. */
  Optional<String> unsure(SubjectId workload) {
    return claims.isEmpty()
        ? Optional.of(id.key() + ": no source says who holds it")
        : claims.get().unsure(workload, answer());
  }
}
