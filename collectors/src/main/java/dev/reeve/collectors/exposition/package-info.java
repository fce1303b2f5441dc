/// Reads the Prometheus text format from bytes, line by line, without allocating once it knows the
/// series of a target.
///
/// One [dev.reeve.collectors.exposition.ExpositionParser] belongs to one target. A line that can't
/// be read costs that line and is counted; nothing in a body makes the parser throw.
@NullMarked
package dev.reeve.collectors.exposition;

import org.jspecify.annotations.NullMarked;
