package dev.reeve.board;

import static dev.reeve.board.Readings.assertSame;
import static dev.reeve.board.Readings.known;
import static dev.reeve.board.Readings.unknown;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.model.Fold;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MemberFoldTest {
  private static final Duration SPAN = Duration.ofMinutes(30);

  private static Window.Known window(double min, double max, double mean, double coverage) {
    return new Window.Known(SPAN, min, max, mean, mean + 1, 10 * mean, coverage, Duration.ZERO);
  }

  private static Window.Known aged(Window.Known young, int seconds) {
    return new Window.Known(
        SPAN,
        young.min(),
        young.max(),
        young.mean(),
        young.last(),
        young.increase(),
        young.coverage(),
        Duration.ofSeconds(seconds));
  }

  private static MemberFold.Member member(String name, Window window) {
    return new MemberFold.Member(SubjectId.gpu(name), window);
  }

  private static final MemberFold.Member IDLE = member("GPU-idle", aged(window(0, 0.01, 0, 1), 5));
  private static final MemberFold.Member BUSY =
      member("GPU-busy", aged(window(0.5, 1, 0.9, 0.95), 20));

  @Test
  void oneBusyMemberMakesTheWholeBusy() {
    Window.Known whole = known(MemberFold.fold(Fold.EXTREME, List.of(IDLE, BUSY)));
    assertEquals(0, whole.min());
    assertEquals(1, whole.max());
    assertEquals(1.9, whole.last());
    assertEquals(9, whole.increase());
  }

  @Test
  void weighsMeansByWhatIsCovered() {
    Window.Known whole = known(MemberFold.fold(Fold.EXTREME, List.of(IDLE, BUSY)));
    assertEquals(0.9 * 0.95 / 1.95, whole.mean(), 1e-12);
  }

  @Test
  void hasTheLeastCoverageAndTheOldestReadingOfAll() {
    for (Fold fold : List.of(Fold.EXTREME, Fold.SUM)) {
      Window.Known whole = known(MemberFold.fold(fold, List.of(IDLE, BUSY)));
      assertEquals(0.95, whole.coverage());
      assertEquals(Duration.ofSeconds(20), whole.newestAge());
      assertEquals(SPAN, whole.span());
    }
  }

  @Test
  void addsUpWhatIsASum() {
    Window.Known whole = known(MemberFold.fold(Fold.SUM, List.of(BUSY, IDLE, BUSY)));
    assertEquals(1, whole.min());
    assertEquals(2.01, whole.max());
    assertEquals(1.8, whole.mean());
    assertEquals(4.8, whole.last(), 1e-12);
    assertEquals(18, whole.increase());
  }

  @Test
  void namesTheMemberThatIsMissing() {
    Window stale = new Window.Unknown(Reason.STALE, "the newest reading is 2m old");
    for (Fold fold : Fold.values()) {
      Window whole = MemberFold.fold(fold, List.of(IDLE, member("GPU-x", stale), BUSY));
      assertEquals(
          "GPU-x: the newest reading is 2m old", unknown(Reason.MEMBER_MISSING, whole).detail());
    }
  }

  @Test
  void nothingIsKnownOfNoMembers() {
    for (Fold fold : Fold.values()) {
      unknown(Reason.MEMBER_MISSING, MemberFold.fold(fold, List.of()));
    }
  }

  @Test
  void histogramsAreUnknownUntilTheyCanBeFolded() {
    unknown(Reason.NEVER_SEEN, MemberFold.fold(Fold.BUCKETS, List.of(IDLE)));
  }

  @Test
  void keepsTheIncreaseOfCountersThatHaveNothingElse() {
    Window.Known counter =
        new Window.Known(SPAN, Double.NaN, Double.NaN, Double.NaN, 7, 3, 1, Duration.ZERO);
    List<MemberFold.Member> two = List.of(member("GPU-a", counter), member("GPU-b", counter));
    assertEquals(6, known(MemberFold.fold(Fold.SUM, two)).increase());
    assertEquals(Double.NaN, known(MemberFold.fold(Fold.SUM, two)).max());
    assertEquals(Double.NaN, known(MemberFold.fold(Fold.EXTREME, two)).mean());
  }

  @Test
  void oneMemberIsTheWhole() {
    for (long seed = 1; seed <= 200; seed++) {
      Window.Known any = random(new Random(seed));
      List<MemberFold.Member> one = List.of(member("GPU-a", any));
      assertSame(any, MemberFold.fold(Fold.EXTREME, one), "seed " + seed);
      assertSame(any, MemberFold.fold(Fold.SUM, one), "seed " + seed);
    }
  }

  @Test
  void theOrderOfMembersDoesNotMatter() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      List<MemberFold.Member> members = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(16); i++) {
        members.add(member("GPU-" + i, random(random)));
      }
      List<MemberFold.Member> shuffled = new ArrayList<>(members);
      Collections.shuffle(shuffled, random);
      for (Fold fold : List.of(Fold.EXTREME, Fold.SUM)) {
        assertSame(MemberFold.fold(fold, members), MemberFold.fold(fold, shuffled), "seed " + seed);
      }
    }
  }

  @Test
  void foldingPartsFirstGivesTheSameExtremesAndSums() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      List<MemberFold.Member> left = List.of(member("GPU-a", random(random)));
      List<MemberFold.Member> right =
          List.of(member("GPU-b", random(random)), member("GPU-c", random(random)));
      List<MemberFold.Member> all = new ArrayList<>(left);
      all.addAll(right);
      for (Fold fold : List.of(Fold.EXTREME, Fold.SUM)) {
        Window.Known whole = known(MemberFold.fold(fold, all));
        Window.Known parts =
            known(
                MemberFold.fold(
                    fold,
                    List.of(
                        member("x", MemberFold.fold(fold, left)),
                        member("y", MemberFold.fold(fold, right)))));
        assertEquals(whole.min(), parts.min(), 1e-9, "seed " + seed);
        assertEquals(whole.max(), parts.max(), 1e-9, "seed " + seed);
        assertEquals(whole.coverage(), parts.coverage(), "seed " + seed);
        assertEquals(whole.newestAge(), parts.newestAge(), "seed " + seed);
      }
    }
  }

  private static Window.Known random(Random random) {
    double min = random.nextDouble();
    double max = min + random.nextDouble();
    double mean = min + (max - min) * random.nextDouble();
    double coverage = 0.9 + 0.1 * random.nextDouble();
    return aged(window(min, max, mean, coverage), random.nextInt(45));
  }
}
