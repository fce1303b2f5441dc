package dev.reeve.model;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A workload's declared contract: it saves its state when signalled, and acknowledges by a file.
 *
 * @param signal name of the signal without SIG, such as {@code USR1}
 * @param acknowledgement file whose modification time proves the new checkpoint
 * @param deadline longest time it may take, on the world clock
 */
public record Checkpoint(String signal, Path acknowledgement, Duration deadline) {}
