/// Asks nvidia-smi: who holds the GPUs of this node and, where no exporter runs, how they are used.
@NullMarked
package dev.reeve.collectors.nvidiasmi;

import org.jspecify.annotations.NullMarked;
