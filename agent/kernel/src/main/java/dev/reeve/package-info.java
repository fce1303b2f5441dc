/// Where the process begins.
@NullMarked
package dev.reeve;

import org.jspecify.annotations.NullMarked;
