/**
 * The only foreign-function code: processes by pidfd, Unix sockets that know their peer, the
 * service manager's notifications, fsync of a folder and the clock that counts through a suspend.
 * Works on Linux, x86_64 and aarch64.
 *
 * <p>Everything here throws {@link dev.reeve.linux.LinuxUnavailable} where the system does not
 * offer it, and the daemon then does without: it watches, but does not act on processes.
 */
@NullMarked
package dev.reeve.linux;

import org.jspecify.annotations.NullMarked;
