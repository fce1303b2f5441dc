package dev.reeve.spi;

import dev.reeve.config.Section;
import java.util.List;

/** Makes notifiers of one kind. Found by {@link java.util.ServiceLoader}. */
public interface NotifierProvider {
  /** Its key below {@code notifiers:}, lower_snake_case. */
  String name();

  List<Notifier> create(Section section, Surroundings surroundings);
}
