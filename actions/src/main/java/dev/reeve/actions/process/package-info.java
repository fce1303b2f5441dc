/// Stops what runs on this machine: processes through their own pidfds, units through systemd.
@NullMarked
package dev.reeve.actions.process;

import org.jspecify.annotations.NullMarked;
