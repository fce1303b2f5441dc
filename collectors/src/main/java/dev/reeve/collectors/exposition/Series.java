package dev.reeve.collectors.exposition;

import java.util.List;

/// A metric name and its labels, sorted by label name; no label name occurs twice.
public record Series(String name, List<Label> labels) {

  public Series {
    labels = List.copyOf(labels);
  }

  /// The value of the label, or the empty string: to Prometheus an empty label and an absent one
  /// are the same.
  public String label(String labelName) {
    for (Label label : labels) {
      if (label.name().equals(labelName)) {
        return label.value();
      }
    }
    return "";
  }
}
