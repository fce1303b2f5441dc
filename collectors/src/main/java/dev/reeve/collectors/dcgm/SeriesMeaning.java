package dev.reeve.collectors.dcgm;

import dev.reeve.collectors.exposition.Series;
import dev.reeve.model.Device;
import dev.reeve.model.SubjectId;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the labels of a series, in every spelling that they have had.
final class SeriesMeaning {
  private static final Pattern BARE_UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private SeriesMeaning() {}

  static Meaning of(Series series) {
    if (!Fields.isDcgm(series.name())) {
      return new Meaning.Nothing();
    }
    Optional<Field> field = Fields.named(series.name());
    String uuid = uuid(series);
    if (uuid.isEmpty()) {
      return field.isPresent() ? new Meaning.Nameless() : new Meaning.Nothing();
    }
    Device device = device(series, uuid);
    Hint hint = hint(series);
    return field.isPresent()
        ? new Meaning.Reading(series.name(), field.get(), device, hint, dialect(series))
        : new Meaning.Presence(device, hint);
  }

  private static String uuid(Series series) {
    String uuid = firstOf(series, "UUID", "uuid", "gpu_uuid");
    return BARE_UUID.matcher(uuid).matches() ? "GPU-" + uuid : uuid;
  }

  /// A MIG instance carries the UUID of its board and a number that the next partitioning uses
  /// again.
  private static Device device(Series series, String uuid) {
    String instance = series.label("GPU_I_ID");
    return new Device(
        SubjectId.gpu(instance.isEmpty() ? uuid : uuid + "/" + instance),
        firstOf(series, "modelName", "model_name"),
        series.label("gpu"),
        firstOf(series, "Hostname", "hostname"),
        series.label("GPU_I_PROFILE"),
        0);
  }

  /// What came through a Prometheus has the exporter's own pod in `pod`, and the user's in
  /// `exported_pod` if there is one. To act on the former would be to act on the exporter.
  private static Hint hint(Series series) {
    boolean relayed = has(series, "instance") || has(series, "exported_pod");
    String prefix = relayed ? "exported_" : "";
    return new Hint(
        firstOf(series, prefix + "namespace", prefix + "pod_namespace"),
        firstOf(series, prefix + "pod", prefix + "pod_name"),
        firstOf(series, prefix + "container", prefix + "container_name"),
        series.label("hpc_job"));
  }

  private static Optional<Scale> dialect(Series series) {
    if (has(series, "DCGM_FI_SYSTEM_DRIVER_VERSION")) {
      return Optional.of(Scale.RATIO);
    }
    return has(series, "DCGM_FI_DRIVER_VERSION") ? Optional.of(Scale.PERCENT) : Optional.empty();
  }

  private static boolean has(Series series, String label) {
    return series.labels().stream().anyMatch(each -> each.name().equals(label));
  }

  private static String firstOf(Series series, String... labels) {
    for (String label : labels) {
      String value = series.label(label);
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
