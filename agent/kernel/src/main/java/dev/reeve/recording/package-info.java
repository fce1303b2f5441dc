/// What sources said, kept in files of OpenMetrics text; `docs/recording.md` describes them.
@NullMarked
package dev.reeve.recording;

import org.jspecify.annotations.NullMarked;
