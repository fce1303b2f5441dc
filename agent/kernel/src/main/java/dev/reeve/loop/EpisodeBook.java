package dev.reeve.loop;

import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Promise;
import dev.reeve.model.Rule;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Truth;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The open episodes: the journal's, with what has passed since their last record. The notice clock
 * is a sum of confirmed stretches, never a difference of two instants.
 *
 * <p>Thread-safe: the loop judges, plan runners move what they act on. Its lock is the decision
 * log's, so that an intent and the state of its episode change as one.
 */
final class EpisodeBook {
  /** A rule without a span expires as if it had this one. */
  private static final Duration LEAST_SPAN = Duration.ofMinutes(10);

  private final DecisionLog log;
  private final long startedNanos;
  private final Map<String, Track> open = new TreeMap<>();

  /**
   * An episode with what only this process knows.
   *
   * @param judgedNanos evidence clock, when it was last judged; the start of this process before
   * @param heldSinceNanos since when it holds without an unknown stretch
   * @param truth the last answer
   * @param heldHere whether this process has seen it confirmed
   * @param journaledNoticeNanos how much of its notice clock the journal holds
   */
  record Track(
      Episode episode,
      long judgedNanos,
      long heldSinceNanos,
      Truth truth,
      boolean heldHere,
      long journaledNoticeNanos) {

    Track withEpisode(Episode changed) {
      return new Track(changed, judgedNanos, heldSinceNanos, truth, heldHere, journaledNoticeNanos);
    }

    Track unjudged() {
      return new Track(
          episode, judgedNanos, heldSinceNanos, Truth.UNKNOWN, heldHere, journaledNoticeNanos);
    }

    /** The same after one more answer. */
    Track judged(Episode changed, long now, Truth answer, long heldSince) {
      return new Track(
          changed,
          now,
          heldSince,
          answer,
          heldHere || answer == Truth.CONFIRMED,
          journaledNoticeNanos);
    }
  }

  EpisodeBook(DecisionLog log, long startedNanos) {
    this.log = log;
    this.startedNanos = startedNanos;
    Collection<Episode> known = log.locked(state -> state.openEpisodes());
    for (Episode episode : known) {
      open.put(
          episode.id(),
          new Track(
              episode, startedNanos, startedNanos, Truth.UNKNOWN, false, episode.noticeNanos()));
    }
  }

  List<Track> tracks() {
    synchronized (log) {
      return List.copyOf(open.values());
    }
  }

  Optional<Track> track(String id) {
    synchronized (log) {
      return Optional.ofNullable(open.get(id));
    }
  }

  Optional<Track> of(String rule, SubjectId subject) {
    synchronized (log) {
      return open.values().stream()
          .filter(track -> track.episode().rule().equals(rule))
          .filter(track -> track.episode().subject().equals(subject))
          .findFirst();
    }
  }

  /** Whether a plan ended a workload: what the board still knows of it is its past. */
  boolean ended(SubjectId workload) {
    return log.locked(state -> state.closedEpisodes()).stream()
        .anyMatch(
            closed -> closed.state() == EpisodeState.VERIFIED && closed.subject().equals(workload));
  }

  /**
   * A pass broke off: nothing was judged, so no confirmed stretch reaches over it, and what holds
   * must hold over a full span again.
   */
  void passedOver() {
    synchronized (log) {
      open.replaceAll((_, track) -> track.unjudged());
    }
  }

  /** Opens an episode for a finding; its evidence began a whole span ago. */
  Episode open(Judgement judgement, String workload, long now) {
    synchronized (log) {
      long since = Math.max(startedNanos, now - judgement.rule().longestSpan().toNanos());
      Episode opened =
          log.locked(
              _ -> {
                Episode episode =
                    new Episode(
                        "ep" + (log.last() + 1),
                        judgement.rule().id(),
                        judgement.finding().ruleSet(),
                        judgement.subject(),
                        workload,
                        judgement.finding().incarnation(),
                        EpisodeState.OBSERVED,
                        since,
                        OptionalLong.empty(),
                        Promise.NONE,
                        0,
                        OptionalLong.empty(),
                        "");
                log.append(new Decision.EpisodeMoved(episode));
                return episode;
              });
      open.put(opened.id(), new Track(opened, now, since, Truth.CONFIRMED, true, 0));
      return opened;
    }
  }

  /** Takes in one answer: runs or stops the notice clock, clears or expires. */
  void judged(String id, Rule rule, Truth truth, long now) {
    synchronized (log) {
      Track track = open.get(id);
      if (track == null) {
        return;
      }
      if (!track.episode().state().judged()) {
        open.put(id, track.judged(track.episode(), now, truth, held(track, rule, truth, now)));
        return;
      }
      switch (truth) {
        case CONFIRMED -> confirmed(track, rule, now);
        case REFUTED -> move(id, EpisodeState.CLEARED, "the condition is refuted");
        case UNKNOWN -> unknown(track, rule, now);
      }
    }
  }

  private void confirmed(Track track, Rule rule, long now) {
    long silent = silent(track.episode(), rule, now);
    Episode before = track.episode().silent(silent);
    long notice = before.noticeNanos();
    if (before.warnedAtNanos().isPresent() && track.truth() == Truth.CONFIRMED) {
      notice +=
          Math.max(0, now - Math.max(track.judgedNanos(), before.warnedAtNanos().getAsLong()));
    }
    Episode after = before.held(notice, OptionalLong.empty());
    long held = held(track, rule, Truth.CONFIRMED, now);
    long needed = before.noticeNeeded(rule).toNanos();
    long step = Math.max(1, needed / 4);
    boolean checkpoint =
        notice / step != track.journaledNoticeNanos() / step
            && track.journaledNoticeNanos() < needed;
    long journaled = checkpoint ? notice : track.journaledNoticeNanos();
    open.put(after.id(), new Track(after, now, held, Truth.CONFIRMED, true, journaled));
    if (checkpoint || silent > 0) {
      log.append(new Decision.EpisodeMoved(after));
    }
  }

  /**
   * How much of an unknown stretch that is over was not seen: all but the span before now, which is
   * covered again. The ladder counts evidence, and silence is none.
   */
  private static long silent(Episode before, Rule rule, long now) {
    return before.unknownSinceNanos().isEmpty()
        ? 0
        : Math.max(0, now - before.unknownSinceNanos().getAsLong() - rule.longestSpan().toNanos());
  }

  /**
   * Since when the rule holds without an unknown stretch. What was unknown since this process
   * started holds over a full span as soon as a window exists, for the window was seen whole.
   */
  private long held(Track track, Rule rule, Truth truth, long now) {
    if (truth != Truth.CONFIRMED || track.truth() == Truth.CONFIRMED) {
      return track.heldSinceNanos();
    }
    return track.heldHere() ? now : Math.max(startedNanos, now - rule.longestSpan().toNanos());
  }

  private void unknown(Track track, Rule rule, long now) {
    Episode before = track.episode();
    long since = before.unknownSinceNanos().orElse(now);
    Duration span = rule.longestSpan();
    Duration limit = (span.compareTo(LEAST_SPAN) < 0 ? LEAST_SPAN : span).multipliedBy(2);
    if (now - since >= limit.toNanos()) {
      move(before.id(), EpisodeState.EXPIRED, "its condition was unknown for two spans");
      return;
    }
    Episode after = before.held(before.noticeNanos(), OptionalLong.of(since));
    open.put(before.id(), track.judged(after, now, Truth.UNKNOWN, track.heldSinceNanos()));
  }

  /** Moves an episode by the table of its states, durably. */
  Episode move(String id, EpisodeState to, String note) {
    synchronized (log) {
      Track track = open.get(id);
      if (track == null) {
        throw new IllegalStateException("no episode " + id + " is open");
      }
      Episode before = track.episode();
      Episode after = before.moved(before.state().to(to), note);
      log.append(new Decision.EpisodeMoved(after));
      if (to.closed()) {
        open.remove(id);
      } else {
        open.put(id, track.withEpisode(after));
      }
      return after;
    }
  }

  /** Moves an episode if it still is in a state; false when somebody else moved it first. */
  boolean moveFrom(String id, EpisodeState from, EpisodeState to, String note) {
    synchronized (log) {
      Track track = open.get(id);
      if (track == null || track.episode().state() != from) {
        return false;
      }
      move(id, to, note);
      return true;
    }
  }

  /**
   * Somebody asked for time.
   *
   * @return false where it is not in a state in which time can be asked for
   */
  boolean snooze(Decision.Snoozed asked) {
    synchronized (log) {
      Track track = open.get(asked.episode());
      if (track == null || !track.episode().state().next().contains(EpisodeState.SNOOZED)) {
        return false;
      }
      // it moves the episode by itself, so that no crash leaves one without the other
      log.append(asked);
      Episode after =
          track
              .episode()
              .moved(EpisodeState.SNOOZED, asked.by() + " asked for time: " + asked.reason());
      log.append(new Decision.EpisodeMoved(after));
      open.put(after.id(), track.withEpisode(after));
      return true;
    }
  }

  /** Whose time is over goes on where it was; late rather than early. */
  void wake(long now) {
    synchronized (log) {
      for (Track track : List.copyOf(open.values())) {
        Episode episode = track.episode();
        if (episode.state() == EpisodeState.SNOOZED
            && log.locked(
                state -> state.timelineAt(now) >= state.snoozes().until(episode.id()).orElse(0))) {
          move(
              episode.id(),
              episode.warnedAtNanos().isPresent() ? EpisodeState.WARNED : EpisodeState.OBSERVED,
              "the time that was asked for is over");
        }
      }
    }
  }

  /** The owner was told at this instant: from here on the notice clock may run. */
  void warned(String id, Promise promised, long nowNanos) {
    synchronized (log) {
      Track track = open.get(id);
      if (track == null || track.episode().state() != EpisodeState.OBSERVED) {
        return;
      }
      open.put(id, track.withEpisode(track.episode().warnedAt(nowNanos, promised)));
      move(id, EpisodeState.WARNED, "the owner was told");
    }
  }

  /** Says what holds an episode up; not journaled, for it may change each cycle. */
  void note(String id, String note) {
    synchronized (log) {
      Track track = open.get(id);
      if (track != null) {
        open.put(id, track.withEpisode(track.episode().noted(note)));
      }
    }
  }
}
