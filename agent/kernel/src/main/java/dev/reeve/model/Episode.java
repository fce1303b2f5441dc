package dev.reeve.model;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * One continuous stretch of one rule on one incarnation.
 *
 * @param id unique: rule, subject and the start of its evidence
 * @param subject what is wasteful
 * @param workload whom a remedy would touch; empty text where nobody holds the subject
 * @param evidenceSinceNanos evidence clock: start of the evidence, later by as much as was not seen
 *     since
 * @param promise what its owner was told; {@link Promise#NONE} before
 * @param noticeNanos how long, in confirmed stretches, it has held since the first delivered notice
 * @param unknownSinceNanos evidence clock, since when the answer is unknown
 * @param note what holds it up or what came of it, in words
 */
public record Episode(
    String id,
    String rule,
    String ruleSet,
    SubjectId subject,
    String workload,
    String incarnation,
    EpisodeState state,
    long evidenceSinceNanos,
    OptionalLong warnedAtNanos,
    Promise promise,
    long noticeNanos,
    OptionalLong unknownSinceNanos,
    String note) {

  /** The same in its next state, with what brought it there. */
  public Episode moved(EpisodeState to, String why) {
    return new Episode(
        id,
        rule,
        ruleSet,
        subject,
        workload,
        incarnation,
        to,
        evidenceSinceNanos,
        warnedAtNanos,
        promise,
        noticeNanos,
        unknownSinceNanos,
        why);
  }

  /** The same, with what holds it up now. */
  public Episode noted(String what) {
    return new Episode(
        id,
        rule,
        ruleSet,
        subject,
        workload,
        incarnation,
        state,
        evidenceSinceNanos,
        warnedAtNanos,
        promise,
        noticeNanos,
        unknownSinceNanos,
        what);
  }

  /**
   * The same, told to its owner; the first time counts.
   *
   * @param promised what the owner was told
   */
  public Episode warnedAt(long nanos, Promise promised) {
    return new Episode(
        id,
        rule,
        ruleSet,
        subject,
        workload,
        incarnation,
        state,
        evidenceSinceNanos,
        OptionalLong.of(warnedAtNanos.orElse(nanos)),
        warnedAtNanos.isPresent() ? promise : promised,
        noticeNanos,
        unknownSinceNanos,
        note);
  }

  /**
   * The same after one more answer.
   *
   * @param notice how long it has held since the owner was told
   * @param unknownSince empty where the answer is known
   */
  public Episode held(long notice, OptionalLong unknownSince) {
    return new Episode(
        id,
        rule,
        ruleSet,
        subject,
        workload,
        incarnation,
        state,
        evidenceSinceNanos,
        warnedAtNanos,
        promise,
        notice,
        unknownSince,
        note);
  }

  /** The same with its evidence as long as nobody saw it shorter: silence is no evidence. */
  public Episode silent(long nanos) {
    return new Episode(
        id,
        rule,
        ruleSet,
        subject,
        workload,
        incarnation,
        state,
        evidenceSinceNanos + nanos,
        warnedAtNanos,
        promise,
        noticeNanos,
        unknownSinceNanos,
        note);
  }

  /** The same where clock readings from before mean nothing any more: its evidence begins now. */
  public Episode restarted(long nowNanos) {
    return new Episode(
        id,
        rule,
        ruleSet,
        subject,
        workload,
        incarnation,
        state,
        nowNanos,
        warnedAtNanos.isPresent() ? OptionalLong.of(nowNanos) : OptionalLong.empty(),
        promise,
        noticeNanos,
        OptionalLong.of(nowNanos),
        note);
  }

  /** The notice that must have been given: what the rule asks for, and what was promised. */
  public Duration noticeNeeded(Rule by) {
    return by.minNotice().compareTo(promise.notice()) < 0 ? promise.notice() : by.minNotice();
  }
}
