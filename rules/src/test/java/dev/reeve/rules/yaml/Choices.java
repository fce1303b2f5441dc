package dev.reeve.rules.yaml;

import java.util.Random;

/** What decides where a choice is free: a generator with a seed, or bytes that a fuzzer made. */
interface Choices {
  /** From zero on, and less than the bound. */
  int below(int bound);

  /** Whether the next choice is anybody's. */
  boolean left();

  static Choices of(Random random) {
    return new Choices() {
      @Override
      public int below(int bound) {
        return random.nextInt(bound);
      }

      @Override
      public boolean left() {
        return true;
      }
    };
  }

  /** Two bytes a choice; the first ones where none is left. */
  static Choices of(byte[] bytes, int from) {
    return new Choices() {
      private int at = from;

      @Override
      public int below(int bound) {
        return (next() << 8 | next()) % bound;
      }

      private int next() {
        return at < bytes.length ? bytes[at++] & 0xff : 0;
      }

      @Override
      public boolean left() {
        return at < bytes.length;
      }
    };
  }
}
