/// Reeve: watches GPUs, model KPIs and money, and takes idle GPUs back under guard.
@NullMarked
package dev.reeve;

import org.jspecify.annotations.NullMarked;
