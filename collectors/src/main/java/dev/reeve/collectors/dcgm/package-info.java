/// Reads NVIDIA's dcgm-exporter in all its dialects: names and units before 4.9, those since, and
/// those of 1.x.
@NullMarked
package dev.reeve.collectors.dcgm;

import org.jspecify.annotations.NullMarked;
