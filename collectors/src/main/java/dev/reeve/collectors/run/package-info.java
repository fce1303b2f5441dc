/// What running programs say of themselves: progress, kind, owner, protection, checkpoints; over a
/// socket that knows who speaks, or through a file that they name. Notices go back the same way.
@NullMarked
package dev.reeve.collectors.run;

import org.jspecify.annotations.NullMarked;
