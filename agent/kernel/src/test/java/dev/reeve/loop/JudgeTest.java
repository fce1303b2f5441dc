package dev.reeve.loop;

import static dev.reeve.loop.Seen.compare;
import static dev.reeve.loop.Seen.gpu;
import static dev.reeve.loop.Seen.run;
import static dev.reeve.loop.Seen.snapshot;
import static dev.reeve.loop.Seen.training;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Cost;
import dev.reeve.model.Evidence;
import dev.reeve.model.Expression;
import dev.reeve.model.Join;
import dev.reeve.model.Pattern;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleCard;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Truth;
import dev.reeve.model.Unit;
import dev.reeve.model.WitnessGroup;
import dev.reeve.model.WorkloadKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Absence is never evidence: each way in which something may be missing answers unknown. */
final class JudgeTest {
  private static final double UNKNOWN = Double.NaN;
  private static final Subject.Workload IDLE = training("idle", 0);
  private static final Subject.Workload BUSY = training("busy", 0.7);
  private static final Subject.Workload SILENT = training("silent", UNKNOWN);

  @Test
  void confirmsWhatWasSeenAndRefutesWhatWasSeenOtherwise() {
    assertEquals(Truth.CONFIRMED, truth(Seen.IDLE, IDLE, IDLE));
    assertEquals(Truth.REFUTED, truth(Seen.IDLE, BUSY, BUSY));
  }

  @Test
  void aWindowThatIsNotThereIsNeverIdle() {
    assertEquals(Truth.UNKNOWN, truth(Seen.IDLE, SILENT, SILENT));
  }

  @Test
  void aWindowThatIsNotThereSatisfiesNoNegationEither() {
    assertEquals(Truth.UNKNOWN, truth(busy(), SILENT, SILENT));
  }

  @Test
  void whatIsWastedInPartOrNotAtAllClaimsNotTheWholeCost() {
    Subject.Workload idle = Seen.training("idle", 0);
    for (RuleCard.Wastes wastes : RuleCard.Wastes.values()) {
      RuleCard card = new RuleCard("", "", RuleCard.Status.STABLE, "", "", List.of(), wastes);
      Rule rule = Seen.IDLE.withCard(card);
      Cost waste =
          new Judge(Seen.set(rule), Seen.snapshot(0, idle))
              .judge(rule, idle.id())
              .finding()
              .waste();
      assertEquals(wastes == RuleCard.Wastes.ALL, waste.equals(idle.cost()), wastes.text());
    }
  }

  @Test
  void aSubjectThatIsNotSeenAnyMoreIsUnknownAndCostsNobodyKnowsWhat() {
    Judgement judged = judge(Seen.IDLE, IDLE.id(), BUSY);
    assertEquals(Truth.UNKNOWN, judged.truth());
    assertEquals("", judged.finding().incarnation());
    assertInstanceOf(Cost.Unknown.class, judged.finding().waste());
  }

  @Test
  void anotherIncarnationOfTheNameIsAnotherSubject() {
    Subject.Workload reborn =
        Seen.workload(Seen.sighting("idle", "later@boot", WorkloadKind.TRAINING), 0);
    assertEquals(Truth.UNKNOWN, truth(Seen.IDLE, IDLE, reborn));
  }

  @Test
  void oneKnownFalseRefutesAnAndWhateverElseIsUnknown() {
    Condition both = new Condition.All(List.of(Seen.idle(), neverTrue()));
    assertEquals(Truth.REFUTED, truth(alone(both), SILENT, SILENT));
  }

  @Test
  void oneKnownTrueConfirmsAnOrWhateverElseIsUnknown() {
    Condition either =
        new Condition.Any(
            List.of(Seen.idle(), new Condition.Compare(constant(1), Comparison.LESS, constant(2))));
    assertEquals(Truth.CONFIRMED, truth(alone(either), SILENT, SILENT));
  }

  @Test
  void anOrOfFalseAndUnknownIsUnknown() {
    Condition either = new Condition.Any(List.of(Seen.idle(), neverTrue()));
    assertEquals(Truth.UNKNOWN, truth(alone(either), SILENT, SILENT));
  }

  @Test
  void aDivisionByZeroIsUnknown() {
    Expression ratio =
        new Expression.Arithmetic(
            constant(0), Expression.Operator.OVER, new Expression.Ask(Seen.ENGINE));
    Condition less = new Condition.Compare(ratio, Comparison.LESS, constant(1));
    assertEquals(Truth.UNKNOWN, truth(alone(less), IDLE, IDLE));
    assertEquals(Truth.CONFIRMED, truth(alone(less), BUSY, BUSY));
  }

  @Test
  void aPartnerThatIsNotSeenIsUnknownAndNotAbsent() {
    Subject.Gpu gpu = gpu("GPU-1", Optional.of(BUSY.id()), 0);
    assertEquals(Truth.UNKNOWN, truth(Seen.PARTLY, gpu, gpu));
    assertEquals(Truth.CONFIRMED, truth(Seen.PARTLY, gpu, gpu, BUSY));
  }

  @Test
  void whatIsRefutedByItselfNeedsNoPartner() {
    Subject.Gpu gpu = gpu("GPU-1", Optional.of(BUSY.id()), 0.9);
    assertEquals(Truth.REFUTED, truth(Seen.PARTLY, gpu, gpu));
  }

  @Test
  void aPartnerThatIsSeenOtherwiseRefutes() {
    Subject.Gpu gpu = gpu("GPU-1", Optional.of(IDLE.id()), 0);
    assertEquals(Truth.REFUTED, truth(Seen.PARTLY, gpu, gpu, IDLE, BUSY));
  }

  @Test
  void emptyTextJoinsWithNothing() {
    Subject.Gpu unheld = gpu("GPU-1", Optional.empty(), 0);
    assertEquals(Truth.UNKNOWN, truth(Seen.PARTLY, unheld, unheld, BUSY));
  }

  @Test
  void aLaterPatternsTargetIsTiedToTheEarlierOne() {
    Subject.Run diverged = run("r1", BUSY.id(), 3);
    Subject.Run other = run("r2", IDLE.id(), 9);
    assertEquals(Truth.CONFIRMED, truth(Seen.RUNAWAY, BUSY, BUSY, IDLE, diverged, other));
    assertEquals(Truth.UNKNOWN, truth(Seen.RUNAWAY, BUSY, BUSY, IDLE, other));
  }

  @Test
  void onePartnerThatConfirmsIsEnoughAndBearsTheEvidence() {
    Subject.Run fine = run("r1", BUSY.id(), 0);
    Subject.Run silent = run("r2", BUSY.id(), UNKNOWN);
    Subject.Run diverged = run("r3", BUSY.id(), 4);
    for (List<Subject.Run> order :
        List.of(List.of(fine, silent, diverged), List.of(diverged, fine, silent))) {
      Judgement judged =
          judge(Seen.RUNAWAY, BUSY.id(), BUSY, order.get(0), order.get(1), order.get(2));
      assertEquals(Truth.CONFIRMED, judged.truth());
      assertEquals(
          List.of(diverged.id(), BUSY.id()),
          judged.finding().evidence().stream().map(Evidence::subject).toList());
    }
  }

  @Test
  void anUnknownPartnerBesideOneThatIsFalseLeavesItUnknown() {
    assertEquals(
        Truth.UNKNOWN,
        truth(Seen.RUNAWAY, BUSY, BUSY, run("r1", BUSY.id(), 0), run("r2", BUSY.id(), UNKNOWN)));
    assertEquals(
        Truth.REFUTED,
        truth(Seen.RUNAWAY, BUSY, BUSY, run("r1", BUSY.id(), 0), run("r2", BUSY.id(), 1)));
  }

  /** The gate refuses such a rule; whatever slips through must not act on half of its patterns. */
  @Test
  void aPatternThatIsTiedToNothingIsNeverTakenAsConfirmed() {
    Pattern free = new Pattern("w", SubjectKind.WORKLOAD, Seen.idle(), Optional.empty());
    Pattern loose =
        new Pattern(
            "g",
            SubjectKind.GPU,
            Seen.idle(),
            Optional.of(new Join(Join.Key.OWNER, "nobody", Join.Key.SUBJECT)));
    Rule rule = Seen.rule("loose", List.of(free, loose), "w", new Remedy.Terminate());
    assertEquals(Truth.UNKNOWN, truth(rule, IDLE, IDLE, gpu("GPU-1", Optional.of(IDLE.id()), 0.9)));
  }

  @Test
  void evidenceSaysWhatWasAskedWhatWasSeenAndWhoSaysSo() {
    Evidence one = judge(Seen.IDLE, IDLE.id(), IDLE).finding().evidence().getFirst();
    assertEquals("max(gpu.engine_active, 30m)", one.expression());
    assertEquals(0.0, one.value());
    assertEquals("<", one.comparison());
    assertEquals(0.01, one.threshold());
    assertEquals(WitnessGroup.PROFILING, one.group());
    assertEquals(Truth.CONFIRMED, one.truth());
    assertEquals("", one.whyNot());
  }

  @Test
  void evidenceThatIsUnknownSaysWhyAndHasNoValue() {
    Evidence one = judge(Seen.IDLE, SILENT.id(), SILENT).finding().evidence().getFirst();
    assertTrue(Double.isNaN(one.value()));
    assertEquals(Truth.UNKNOWN, one.truth());
    assertEquals("max(gpu.engine_active, 30m): 62 % of the samples are there", one.whyNot());
  }

  @Test
  void aConstantBearsNoWitness() {
    Condition less = new Condition.Compare(constant(1), Comparison.LESS, constant(2));
    Evidence one = judge(alone(less), IDLE.id(), IDLE).finding().evidence().getFirst();
    assertEquals(WitnessGroup.NONE, one.group());
  }

  private static Rule busy() {
    return alone(compare(Seen.ENGINE, Comparison.AT_LEAST, 0.01));
  }

  private static Rule alone(Condition condition) {
    return Seen.rule(
        "alone",
        List.of(new Pattern("w", SubjectKind.WORKLOAD, condition, Optional.empty())),
        "w",
        new Remedy.Terminate());
  }

  private static Condition neverTrue() {
    return new Condition.Compare(constant(2), Comparison.LESS, constant(1));
  }

  private static Expression constant(double value) {
    return new Expression.Constant(value, Unit.RATIO);
  }

  private static Truth truth(Rule rule, Subject of, Subject... seen) {
    return judge(rule, of.id(), seen).truth();
  }

  private static Judgement judge(Rule rule, SubjectId of, Subject... seen) {
    return new Judge(Seen.RULES, snapshot(1, seen)).judge(rule, of);
  }
}
