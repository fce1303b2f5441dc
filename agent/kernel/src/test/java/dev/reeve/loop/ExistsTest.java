package dev.reeve.loop;

import static dev.reeve.loop.Seen.gpu;
import static dev.reeve.loop.Seen.run;
import static dev.reeve.loop.Seen.training;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reeve.model.Comparison;
import dev.reeve.model.Evidence;
import dev.reeve.model.Extent;
import dev.reeve.model.Feature;
import dev.reeve.model.Join;
import dev.reeve.model.Pattern;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Truth;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What only has to exist: one is enough, and only what is proved to be all of them is none. */
final class ExistsTest {
  private static final double UNKNOWN = Double.NaN;

  /** It holds two GPUs, and no others anywhere. */
  private static final Subject.Workload BOTH = holding(List.of("GPU-1", "GPU-2"));

  private static final Optional<SubjectId> HELD = Optional.of(BOTH.id());
  private static final Rule IDLE_GPU =
      rule(SubjectKind.GPU, Seen.ENGINE, Comparison.LESS, Join.Key.OWNER);
  private static final Rule DIVERGED =
      rule(SubjectKind.RUN, Seen.NOT_FINITE, Comparison.AT_LEAST, Join.Key.OWNER);

  @Test
  void oneThatIsTrueIsEnoughWhateverTheOthersAre() {
    assertEquals(
        Truth.CONFIRMED, truth(IDLE_GPU, BOTH, gpu("GPU-1", HELD, UNKNOWN), gpu("GPU-2", HELD, 0)));
    assertEquals(
        Truth.CONFIRMED, truth(IDLE_GPU, BOTH, gpu("GPU-1", HELD, 0), gpu("GPU-2", HELD, 0.9)));
  }

  @Test
  void allThatThereAreAreKnownToBeOtherwise() {
    assertEquals(
        Truth.REFUTED, truth(IDLE_GPU, BOTH, gpu("GPU-1", HELD, 0.9), gpu("GPU-2", HELD, 0.9)));
  }

  @Test
  void oneThatIsNotSeenMayBeTheOne() {
    assertEquals(Truth.UNKNOWN, truth(IDLE_GPU, BOTH, gpu("GPU-1", HELD, 0.9)));
    assertEquals(
        Truth.UNKNOWN,
        truth(IDLE_GPU, BOTH, gpu("GPU-1", HELD, 0.9), gpu("GPU-2", Optional.empty(), 0.9)));
  }

  @Test
  void noneThatIsSeenIsNotNone() {
    assertEquals(Truth.UNKNOWN, truth(IDLE_GPU, BOTH));
    assertEquals(Truth.UNKNOWN, truth(IDLE_GPU, holding(List.of())));
  }

  @Test
  void anExtentThatMayReachFurtherProvesNothing() {
    WorkloadSighting all = BOTH.sighting();
    WorkloadSighting further =
        new WorkloadSighting(
            all.id(),
            all.incarnation(),
            all.kind(),
            all.owner(),
            all.group(),
            new Extent.Unknown("it speaks of more ranks"),
            all.protection(),
            all.checkpoint(),
            all.foreignTo());
    Subject.Workload workload = Seen.workload(further, 0.9);
    assertEquals(
        Truth.UNKNOWN, truth(IDLE_GPU, workload, gpu("GPU-1", HELD, 0.9), gpu("GPU-2", HELD, 0.9)));
    Subject.Workload unsure =
        new Subject.Workload(
            all, new Subject.Attribution.Unsure("one poll"), BOTH.cost(), BOTH.slots(), "");
    assertEquals(
        Truth.UNKNOWN, truth(IDLE_GPU, unsure, gpu("GPU-1", HELD, 0.9), gpu("GPU-2", HELD, 0.9)));
  }

  @Test
  void noSourceProvesThatThereIsNoOtherRun() {
    Subject.Run fine = run("r1", BOTH.id(), 0);
    assertEquals(Truth.UNKNOWN, truth(DIVERGED, BOTH, fine));
    assertEquals(Truth.CONFIRMED, truth(DIVERGED, BOTH, fine, run("r2", BOTH.id(), 4)));
  }

  @Test
  void aNameHasOneBearer() {
    Rule ofGpu =
        Seen.rule(
            "exists",
            List.of(
                new Pattern("g", SubjectKind.GPU, Seen.idle(), Optional.empty()),
                new Pattern(
                    "w",
                    SubjectKind.WORKLOAD,
                    Seen.idle(),
                    Optional.of(new Join(Join.Key.SUBJECT, "g", Join.Key.OWNER)),
                    true)),
            "g",
            new Remedy.Notify());
    Subject.Gpu gpu = gpu("GPU-1", HELD, 0);
    assertEquals(Truth.REFUTED, truth(ofGpu, gpu, BOTH));
    assertEquals(Truth.UNKNOWN, truth(ofGpu, gpu));
  }

  @Test
  void whatIsRefutedByItselfIsRefutedWhateverExists() {
    assertEquals(Truth.REFUTED, truth(IDLE_GPU, training("idle", 0)));
  }

  @Test
  void saysWhatWasLookedForWhereNothingSaysWhatThereIs() {
    Evidence none = judge(IDLE_GPU, BOTH).finding().evidence().getLast();
    assertEquals("gpu with owner == w.subject", none.expression());
    assertEquals("none is seen, and nothing proves that there is none", none.whyNot());
    Evidence other = judge(IDLE_GPU, BOTH, gpu("GPU-1", HELD, 0.9)).finding().evidence().getLast();
    assertEquals(
        "none of those that are known, and nothing proves that these are all", other.whyNot());
    Evidence partner = judge(Seen.PARTLY, gpu("GPU-1", HELD, 0)).finding().evidence().getFirst();
    assertEquals("workload with subject == g.owner", partner.expression());
  }

  @Test
  void nothingIsFoundInWhatOnlyHasToExist() {
    List<Pattern> patterns = IDLE_GPU.patterns();
    assertThrows(
        IllegalArgumentException.class,
        () -> Seen.rule("exists", patterns, "p", new Remedy.Notify()));
  }

  private static Subject.Workload holding(List<String> gpus) {
    WorkloadSighting one = Seen.sighting("busy", "busy@boot", WorkloadKind.TRAINING);
    return Seen.workload(
        new WorkloadSighting(
            one.id(),
            one.incarnation(),
            one.kind(),
            one.owner(),
            one.group(),
            Extent.of(gpus.stream().map(SubjectId::gpu).toList()),
            one.protection(),
            one.checkpoint(),
            one.foreignTo()),
        0.9);
  }

  /** A busy workload, and something of it below or from a limit on. */
  private static Rule rule(
      SubjectKind kind, Feature feature, Comparison comparison, Join.Key mine) {
    return Seen.rule(
        "exists",
        List.of(
            new Pattern(
                "w",
                SubjectKind.WORKLOAD,
                Seen.compare(Seen.ENGINE, Comparison.AT_LEAST, 0.01),
                Optional.empty()),
            new Pattern(
                "p",
                kind,
                Seen.compare(feature, comparison, kind == SubjectKind.GPU ? 0.01 : 3),
                Optional.of(new Join(mine, "w", Join.Key.SUBJECT)),
                true)),
        "w",
        new Remedy.Terminate());
  }

  private static Truth truth(Rule rule, Subject of, Subject... others) {
    return judge(rule, of, others).truth();
  }

  private static Judgement judge(Rule rule, Subject of, Subject... others) {
    Subject[] seen = new Subject[others.length + 1];
    seen[0] = of;
    System.arraycopy(others, 0, seen, 1, others.length);
    return new Judge(Seen.RULES, Seen.snapshot(1, seen)).judge(rule, of.id());
  }
}
