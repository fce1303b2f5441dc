package dev.reeve.config;

import dev.reeve.guard.Freeze;
import dev.reeve.model.TimesOfWeek;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Reads when nothing is to be begun: times of the week, or a stretch of days such as {@code
 * 2026-12-20..2027-01-02 Europe/Berlin}, of which the last one counts whole.
 */
final class FreezeText {
  private static final String EXPECTED =
      "days such as `2026-12-20..2027-01-02 Europe/Berlin`, or with times such as"
          + " `2026-12-20T18:00..2027-01-02T08:00 Europe/Berlin`";

  private FreezeText() {}

  /**
   * What does not parse is frozen.
   *
   * @param wrong told what was expected, and the nearest right text or an empty one
   */
  static Freeze.Times read(String text, BiConsumer<String, String> wrong) {
    List<String> words = TimesText.words(text);
    if (!words.isEmpty() && Character.isDigit(words.getFirst().charAt(0))) {
      return dated(words, text, wrong).orElseGet(() -> new Freeze.Unreadable(text));
    }
    List<TimesOfWeek.Range> ranges = TimesText.read(text, wrong);
    return ranges.isEmpty()
        ? new Freeze.Unreadable(text)
        : new Freeze.Weekly(new TimesOfWeek(ranges));
  }

  private static Optional<Freeze.Times> dated(
      List<String> words, String text, BiConsumer<String, String> wrong) {
    String[] ends = words.getFirst().split("\\.\\.", -1);
    if (words.size() == 1 && ends.length == 2) {
      wrong.accept("a zone behind it, such as Europe/Berlin or UTC", words.getFirst() + " UTC");
      return Optional.empty();
    }
    if (words.size() != 2 || ends.length != 2) {
      wrong.accept(EXPECTED, "");
      return Optional.empty();
    }
    Optional<LocalDateTime> from = local(ends[0], 0);
    Optional<LocalDateTime> to = local(ends[1], 1);
    if (from.isEmpty() || to.isEmpty()) {
      wrong.accept(EXPECTED, "");
      return Optional.empty();
    }
    if (!from.get().isBefore(to.get())) {
      wrong.accept("an end that is after its beginning", "");
      return Optional.empty();
    }
    Optional<ZoneId> zone = TimesText.zone(words.getLast(), wrong);
    return zone.map(of -> new Freeze.Dated(from.get(), to.get(), of, text.strip()));
  }

  /** A day alone begins at midnight, that many days later. */
  private static Optional<LocalDateTime> local(String text, int daysLater) {
    try {
      return text.contains("T")
          ? Optional.of(LocalDateTime.parse(text).truncatedTo(ChronoUnit.SECONDS))
          : Optional.of(LocalDate.parse(text).plusDays(daysLater).atStartOfDay());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
