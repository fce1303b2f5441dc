package dev.reeve.spi;

import dev.reeve.config.Section;
import java.util.List;

/** Makes the actions of one platform. Found by {@link java.util.ServiceLoader}. */
public interface ActionProvider {
  /** Its key below {@code actions:}, lower_snake_case. */
  String name();

  /** Reads its section; problems are reported to the section, all of them, and not thrown. */
  List<Action> create(Section section, Surroundings surroundings);
}
