package dev.reeve.collectors.dcgm;

import dev.reeve.model.Device;
import dev.reeve.model.Sample;
import dev.reeve.model.SubjectId;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/// One scrape in canonical signals and units.
///
/// @param hints whom the labels name as users of a device
/// @param drops samples that were not trusted, by reason
record DcgmReading(
    List<Device> devices,
    List<Sample> samples,
    SortedMap<SubjectId, SortedSet<Hint>> hints,
    SortedMap<String, Long> drops) {}
