/// The configuration as records, its reader, its problems, and where each value came from.
@NullMarked
package dev.reeve.config;

import org.jspecify.annotations.NullMarked;
