/// One pass after the other: what was seen becomes findings, findings become episodes, episodes
/// become plans, and plans that the guard lets pass are carried out, off the loop.
@NullMarked
package dev.reeve.loop;

import org.jspecify.annotations.NullMarked;
