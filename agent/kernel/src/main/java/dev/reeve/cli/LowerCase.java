package dev.reeve.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The words of an enum as people write them, for shells that complete them. */
abstract class LowerCase implements Iterable<String> {
  private final List<String> words;

  LowerCase(Enum<?>... values) {
    words = Stream.of(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
  }

  @Override
  public Iterator<String> iterator() {
    return words.iterator();
  }
}
