package dev.reeve.collectors.dcgm;

import dev.reeve.collectors.exposition.Family;
import dev.reeve.collectors.exposition.Scrape;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides, for one scrape, whether a utilization is in percent or a ratio.
///
/// Read the wrong way, a busy GPU at 1 (of 1) looks like one at 1 %. So whatever speaks for a scale
/// is asked: the operator, the name, the text of HELP, the label that only one dialect has, a value
/// that only percent can have. If nothing speaks, or two contradict each other, the scale is
/// unknown.
final class ScaleDecision {
  private final Map<String, Scale> configured;
  private final Scrape<Meaning> scrape;
  private final Map<String, Optional<Scale>> decided = new HashMap<>();

  ScaleDecision(Map<String, Scale> configured, Scrape<Meaning> scrape) {
    this.configured = configured;
    this.scrape = scrape;
  }

  /// The scale of the field in this scrape, if it is known.
  Optional<Scale> of(Meaning.Reading reading) {
    Scale scale = reading.field().scale();
    if (scale != Scale.PERCENT && scale != Scale.RATIO_OR_PERCENT) {
      return Optional.of(scale);
    }
    Scale said = configured.get(reading.metric());
    if (said != null) {
      return Optional.of(said);
    }
    Optional<Scale> known = decided.get(reading.metric());
    if (known == null) {
      known = decide(reading.metric(), scale);
      decided.put(reading.metric(), known);
    }
    return known;
  }

  private Optional<Scale> decide(String metric, Scale byName) {
    Set<Scale> votes = EnumSet.noneOf(Scale.class);
    help(metric).ifPresent(votes::add);
    if (byName == Scale.PERCENT) {
      votes.add(Scale.PERCENT);
    } else {
      addSeries(metric, votes);
    }
    return votes.size() == 1 ? votes.stream().findFirst() : Optional.empty();
  }

  private Optional<Scale> help(String metric) {
    String help = scrape.family(metric).map(Family::help).orElse("").toLowerCase(Locale.ROOT);
    boolean percent = help.contains("%") || help.contains("percent");
    boolean ratio = help.contains("ratio") || help.contains("0-1") || help.contains("0 to 1");
    if (percent == ratio) {
      return Optional.empty();
    }
    return Optional.of(percent ? Scale.PERCENT : Scale.RATIO);
  }

  private void addSeries(String metric, Set<Scale> votes) {
    for (int sample = 0; sample < scrape.size(); sample++) {
      int slot = scrape.slot(sample);
      if (scrape.mapped(slot) instanceof Meaning.Reading reading
          && reading.metric().equals(metric)) {
        reading.dialect().ifPresent(votes::add);
        double value = scrape.value(slot);
        // beyond 100 it is neither: such values are broken and say nothing
        if (value > 1 && value <= 100) {
          votes.add(Scale.PERCENT);
        }
      }
    }
  }
}
