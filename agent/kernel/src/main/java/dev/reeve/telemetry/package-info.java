/// Every metric name, unit and help; OpenTelemetry and Prometheus export.
@NullMarked
package dev.reeve.telemetry;

import org.jspecify.annotations.NullMarked;
