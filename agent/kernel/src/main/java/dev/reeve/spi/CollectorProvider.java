package dev.reeve.spi;

import dev.reeve.config.Section;
import java.util.List;

/** Makes collectors of one kind. Found by {@link java.util.ServiceLoader}. */
public interface CollectorProvider {
  /** Its key below {@code collectors:}, lower_snake_case. */
  String name();

  /**
   * Reads its section and makes its collectors; none where the section is absent and nothing is
   * found to read. Problems are reported to the section, all of them, and not thrown.
   */
  List<Collector> create(Section section, Surroundings surroundings);

  /**
   * One line for {@code scan} about what it looked for, and what to install where it is missing.
   */
  String missing();
}
