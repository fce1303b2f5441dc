/// The API, the metrics page and the console; the only code that knows Vert.x.
@NullMarked
package dev.reeve.http;

import org.jspecify.annotations.NullMarked;
