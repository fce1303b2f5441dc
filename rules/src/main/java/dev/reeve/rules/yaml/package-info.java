/// Rule files: YAML with a small typed condition language, read into the model's rules.
@NullMarked
package dev.reeve.rules.yaml;

import org.jspecify.annotations.NullMarked;
