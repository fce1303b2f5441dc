/// The socket by which an operator's commands reach the daemon: one JSON line asks, one answers.
/// Who may connect is a matter of the socket's file mode; who did is known from the kernel.
@NullMarked
package dev.reeve.control;

import org.jspecify.annotations.NullMarked;
