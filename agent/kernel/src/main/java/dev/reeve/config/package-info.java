/// Configuration: a tree of records, read once with all its problems, each with its place.
@NullMarked
package dev.reeve.config;

import org.jspecify.annotations.NullMarked;
