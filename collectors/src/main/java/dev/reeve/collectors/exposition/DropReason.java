package dev.reeve.collectors.exposition;

/// Why a line, or a whole body, was not taken.
public enum DropReason {
  /// The body is longer than [Limits#maxBodyBytes]; none of it was read.
  BODY_TOO_LARGE,
  /// The last line has no line end, so its value may lack digits.
  TRUNCATED_LINE,
  /// The line is longer than [Limits#maxLineBytes].
  LINE_TOO_LONG,
  /// Not a sample: bad name, unescaped quote, label given twice, text behind the value.
  MALFORMED_LINE,
  /// More labels than [Limits#maxLabels].
  TOO_MANY_LABELS,
  /// A label value longer than [Limits#maxLabelValueBytes].
  LABEL_TOO_LONG,
  /// A label value that isn't UTF-8.
  INVALID_UTF8,
  /// The series is well-formed, what stands for its value is no number.
  BAD_VALUE,
  /// The same name and labels, spelt the same way, came before in this scrape; the first one
  /// counts.
  DUPLICATE_SERIES,
  /// [Limits#maxSamples] were already taken from this scrape.
  TOO_MANY_SAMPLES,
  /// [Limits#maxSeries] are already remembered and all in use.
  TOO_MANY_SERIES,
  /// As many HELP and TYPE lines as [Limits#maxSeries] are already remembered and all in use.
  TOO_MANY_FAMILIES
}
