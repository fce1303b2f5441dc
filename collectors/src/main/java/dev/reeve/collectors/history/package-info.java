/// Reads what was said in the past: recordings, files of OpenMetrics text, and a Prometheus.
@NullMarked
package dev.reeve.collectors.history;

import org.jspecify.annotations.NullMarked;
