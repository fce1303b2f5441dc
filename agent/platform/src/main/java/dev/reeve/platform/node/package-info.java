/// The processes of a bare node: what runs, which of it is one workload, whose it is and how far it
/// reaches. Reads only.
@NullMarked
package dev.reeve.platform.node;

import org.jspecify.annotations.NullMarked;
