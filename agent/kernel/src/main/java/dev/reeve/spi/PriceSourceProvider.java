package dev.reeve.spi;

import dev.reeve.config.Section;
import java.util.List;

/** Makes price sources of one kind. Found by {@link java.util.ServiceLoader}. */
public interface PriceSourceProvider {
  /** Its key below {@code prices:}, lower_snake_case. */
  String name();

  /** Smaller comes first: the operator's own prices before the shipped ones. */
  int order();

  List<PriceSource> create(Section section, Surroundings surroundings);
}
