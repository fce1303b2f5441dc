/// A small world on this machine: replayed GPUs, real processes as workloads, the whole circle.
@NullMarked
package dev.reeve.demo;

import org.jspecify.annotations.NullMarked;
