/// Rule files, the gate, compiled rule sets, findings; the only code that knows Drools.
@NullMarked
package dev.reeve.rules;

import org.jspecify.annotations.NullMarked;
