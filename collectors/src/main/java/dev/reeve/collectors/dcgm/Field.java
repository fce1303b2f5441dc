package dev.reeve.collectors.dcgm;

/// What a metric name means.
record Field(Quantity quantity, Scale scale) {}
