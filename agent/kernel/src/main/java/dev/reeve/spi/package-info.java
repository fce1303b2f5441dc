/// The ports: what a plugin implements and what it is given. Implementations are found by {@link
/// java.util.ServiceLoader} through their providers and configured by records.
@NullMarked
package dev.reeve.spi;

import org.jspecify.annotations.NullMarked;
