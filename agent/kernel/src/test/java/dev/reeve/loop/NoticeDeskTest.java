package dev.reeve.loop;

import static dev.reeve.loop.Seen.minutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.MemoryJournal;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Expression;
import dev.reeve.model.Finding;
import dev.reeve.model.Limit;
import dev.reeve.model.Notice;
import dev.reeve.model.Rule;
import dev.reeve.model.Subject;
import dev.reeve.model.Truth;
import dev.reeve.model.Unit;
import dev.reeve.spi.Notifier;
import dev.reeve.time.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Only what a channel acknowledged is a delivery, and only a delivery starts the notice clock. */
final class NoticeDeskTest {
  private static final Subject.Workload WORKLOAD = Seen.training("a", 0);

  private final FakeTicker ticker = new FakeTicker();
  private final MemoryJournal journal = new MemoryJournal(ticker);
  private final DecisionLog log = journal.open();
  private final EpisodeBook book = new EpisodeBook(log, ticker.nanos());
  private final List<NoticeDesk> desks = new ArrayList<>();

  @AfterEach
  void close() {
    desks.forEach(NoticeDesk::close);
  }

  /** A channel that answers as it is told to, and records whom it told. */
  private static class Channel implements Notifier {
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final String name;
    private final Delivery answer;

    Channel(String name, Delivery answer) {
      this.name = name;
      this.answer = answer;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Delivery deliver(Notice notice) throws InterruptedException {
      told.add(notice.episode());
      return answer;
    }
  }

  private static Channel works(String name) {
    return new Channel(name, new Notifier.Delivery.Delivered("ana"));
  }

  private static Channel fails(String name) {
    return new Channel(name, new Notifier.Delivery.NotDelivered("no route"));
  }

  /** A channel that hangs until it is let go. */
  private static final class Hanging extends Channel {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);

    Hanging() {
      super("hanging", new Delivery.Delivered("ana"));
    }

    @Override
    public Delivery deliver(Notice notice) throws InterruptedException {
      entered.countDown();
      go.await();
      return super.deliver(notice);
    }
  }

  @Test
  void aDeliveryIsJournaledBeforeTheNoticeClockMayRun() {
    Episode episode = open("r");
    tell(desk(works("mail")), episode);
    awaitState(episode, EpisodeState.WARNED);
    assertEquals(
        List.of("notice", "episode"),
        journal.types().subList(journal.types().size() - 2, journal.types().size()));
  }

  @Test
  void theClockStartsWhenItWasDeliveredAndNotWhenItWasSent() throws InterruptedException {
    Hanging slow = new Hanging();
    Episode episode = open("r");
    tell(desk(slow), episode);
    slow.entered.await();
    ticker.advance(minutes(7));
    slow.go.countDown();
    awaitState(episode, EpisodeState.WARNED);
    assertEquals(ticker.nanos(), now(episode).warnedAtNanos().orElseThrow());
    assertEquals(0, now(episode).noticeNanos());
  }

  @Test
  void whatNoChannelAcknowledgedStartsNoClockAndSaysWhy() {
    Episode episode = open("r");
    tell(desk(fails("mail"), fails("chat")), episode);
    awaitNote(episode, "no channel reaches the owner: chat: no route; mail: no route");
    assertEquals(EpisodeState.OBSERVED, now(episode).state());
    assertTrue(now(episode).warnedAtNanos().isEmpty());
    assertEquals(0, journal.types().stream().filter("notice"::equals).count());
  }

  @Test
  void withoutAnyChannelNobodyIsEverWarned() {
    Episode episode = open("r");
    tell(desk(), episode);
    assertEquals(EpisodeState.OBSERVED, now(episode).state());
    assertTrue(now(episode).note().contains("none is configured"), now(episode).note());
  }

  @Test
  void oneChannelThatDeliversIsEnough() {
    Episode episode = open("r");
    tell(desk(fails("mail"), works("chat")), episode);
    awaitState(episode, EpisodeState.WARNED);
  }

  @Test
  void aChannelThatThrowsHarmsNeitherTheOthersNorTheNextAttempt() {
    Channel broken =
        new Channel("broken", new Notifier.Delivery.NotDelivered("")) {
          @Override
          public Delivery deliver(Notice notice) throws InterruptedException {
            super.deliver(notice);
            throw new IllegalStateException("a bug");
          }
        };
    Episode alone = open("r");
    NoticeDesk desk = desk(broken);
    tell(desk, alone);
    awaitNote(alone, "a bug");
    ticker.advance(minutes(2));
    tell(desk, alone);
    Awaitility.await().until(() -> broken.told.size() == 2);
    Episode other = open(Seen.RESTING, "s");
    tell(desk(broken, works("chat")), other);
    awaitState(other, EpisodeState.WARNED);
  }

  @Test
  void aChannelThatHangsHoldsUpNoOther() throws InterruptedException {
    Hanging hangs = new Hanging();
    Episode episode = open("r");
    tell(desk(hangs, works("chat")), episode);
    awaitState(episode, EpisodeState.WARNED);
    hangs.entered.await();
  }

  @Test
  void aChannelIsCalledOnceAtATime() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Channel careful =
        new Channel("careful", new Notifier.Delivery.Delivered("ana")) {
          @Override
          public Delivery deliver(Notice notice) throws InterruptedException {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.sleep(20);
            inside.decrementAndGet();
            return super.deliver(notice);
          }
        };
    NoticeDesk desk = desk(careful);
    List<Episode> all = List.of(open("r"), open("s"), open("t"));
    all.forEach(episode -> tell(desk, episode));
    all.forEach(episode -> awaitState(episode, EpisodeState.WARNED));
    assertEquals(1, most.get());
  }

  @Test
  void noSecondAttemptIsMadeWhileOneIsUnderWayHoweverLongItTakes() throws InterruptedException {
    Hanging slow = new Hanging();
    Episode episode = open("r");
    NoticeDesk desk = desk(slow);
    tell(desk, episode);
    slow.entered.await();
    ticker.advance(Duration.ofHours(1));
    tell(desk, episode);
    slow.go.countDown();
    awaitState(episode, EpisodeState.WARNED);
    assertEquals(1, slow.told.size());
  }

  @Test
  void aFailedAttemptIsRepeatedAfterTwoMinutesAndNotBefore() {
    Channel mail = fails("mail");
    Episode episode = open("r");
    NoticeDesk desk = desk(mail);
    tell(desk, episode);
    awaitNote(episode, "no route");
    ticker.advance(minutes(2).minusNanos(1));
    tell(desk, episode);
    ticker.advance(Duration.ofNanos(1));
    tell(desk, episode);
    Awaitility.await().until(() -> mail.told.size() == 2);
    assertEquals(2, mail.told.size());
  }

  @Test
  void anEpisodeThatClearedMeanwhileIsNotWarnedAnyMore() throws InterruptedException {
    Hanging slow = new Hanging();
    Episode episode = open("r");
    tell(desk(slow), episode);
    slow.entered.await();
    book.judged(episode.id(), Seen.IDLE, Truth.REFUTED, ticker.nanos());
    slow.go.countDown();
    Awaitility.await().until(() -> journal.types().contains("notice"));
    assertTrue(book.track(episode.id()).isEmpty());
  }

  @Test
  void closingInterruptsWhatHangsAndWarnsNobody() throws InterruptedException {
    Hanging hangs = new Hanging();
    Episode episode = open("r");
    NoticeDesk desk = desk(hangs);
    tell(desk, episode);
    hangs.entered.await();
    desk.close();
    assertEquals(EpisodeState.OBSERVED, now(episode).state());
    Channel late = works("late");
    NoticeDesk shut = desk(late);
    shut.close();
    tell(shut, episode);
    assertEquals(List.of(), late.told);
  }

  @Test
  void aRuleTellsNoMoreOftenThanItsThrottleAllowsAlsoAfterARestart() {
    Limit once = notices(1, Limit.Each.OWNER);
    Channel mail = works("mail");
    Episode first = open("r");
    Episode second = open("r");
    Episode other = open(Seen.RESTING, "s");
    NoticeDesk desk = desk(mail);
    tell(desk, first, once);
    awaitState(first, EpisodeState.WARNED);
    ticker.advance(minutes(59));
    tell(desk, second, once);
    assertEquals(
        "its owner is not told yet: 1 of 1 notices to owner 'ana' within 1h are sent (throttle of"
            + " rule idle)",
        now(second).note());
    tell(desk, other, once);
    awaitState(other, EpisodeState.WARNED);
    DecisionLog again = journal.open();
    EpisodeBook reopened = new EpisodeBook(again, ticker.nanos());
    NoticeDesk restarted =
        new NoticeDesk(List.of(mail), again, reopened, new Silent(), ticker, Runnable::run);
    tell(restarted, second, once);
    assertEquals(
        EpisodeState.OBSERVED, reopened.track(second.id()).orElseThrow().episode().state());
    ticker.advance(minutes(2));
    tell(restarted, second, once);
    assertEquals(EpisodeState.WARNED, reopened.track(second.id()).orElseThrow().episode().state());
    assertEquals(List.of(first.id(), other.id(), second.id()), mail.told);
  }

  @Test
  void whatIsBeingDeliveredCountsForTheThrottle() throws InterruptedException {
    Limit once = notices(1, Limit.Each.WORKLOAD);
    Hanging slow = new Hanging();
    Episode first = open("r");
    Episode second = open("r");
    NoticeDesk desk = desk(slow);
    tell(desk, first, once);
    slow.entered.await();
    tell(desk, second, once);
    assertTrue(now(second).note().contains("1 of 1 notices for w within 1h"), now(second).note());
    slow.go.countDown();
    awaitState(first, EpisodeState.WARNED);
    assertEquals(List.of(first.id()), slow.told);
  }

  private static Rule limited(Limit... limits) {
    return Seen.IDLE.withLimits(List.of(limits));
  }

  private static Limit notices(int most, Limit.Each each) {
    return new Limit(
        Limit.Measure.NOTICES,
        new Expression.Constant(most, Unit.COUNT),
        Optional.empty(),
        Duration.ofHours(1),
        each);
  }

  private NoticeDesk desk(Notifier... channels) {
    NoticeDesk desk =
        new NoticeDesk(
            List.of(channels),
            log,
            book,
            new Silent(),
            ticker,
            task -> Thread.ofVirtual().start(task));
    desks.add(desk);
    return desk;
  }

  private void tell(NoticeDesk desk, Episode episode, Limit... limits) {
    Notice notice =
        new Notice(
            episode.id(),
            episode.rule(),
            episode.subject(),
            episode.workload(),
            "ana",
            List.of("terminate"),
            minutes(15),
            new Cost.Unknown("no price"),
            "text");
    desk.tell(episode, notice, limited(limits), ticker.nanos());
  }

  private Episode open(String rule) {
    return open(Seen.IDLE, rule);
  }

  private Episode open(Rule of, String rule) {
    Finding finding =
        new Finding(
            rule, "rules", WORKLOAD.id(), "a@boot", List.of(), new Cost.Unknown("no price"));
    return book.open(
        new Judgement(of, WORKLOAD.id(), Truth.CONFIRMED, finding), "w", ticker.nanos());
  }

  private Episode now(Episode episode) {
    return book.track(episode.id()).orElseThrow().episode();
  }

  private void awaitState(Episode episode, EpisodeState state) {
    Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> now(episode).state() == state);
  }

  private void awaitNote(Episode episode, String note) {
    Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> now(episode).note().contains(note));
  }
}
