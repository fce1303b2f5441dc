package dev.reeve.spi;

import dev.reeve.time.Clocks;
import java.nio.file.Path;

/**
 * What a plugin is given besides its configuration.
 *
 * @param runtimeFolder for sockets; exists, mode 0755
 * @param stateFolder for files that outlive the daemon; exists, mode 0750
 */
public record Surroundings(Clocks clocks, Path runtimeFolder, Path stateFolder) {}
