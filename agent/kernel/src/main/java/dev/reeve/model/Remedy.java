package dev.reeve.model;

import java.util.Optional;

/** What can be done about waste, from the mildest to the harshest. */
public sealed interface Remedy {
  /** The word of it in rules, journal, metrics and documentation. */
  String verb();

  /** Rank by harshness; the mildest remedy that is due goes first. */
  int harshness();

  /** Tell the owner; touches nothing. */
  record Notify() implements Remedy {
    @Override
    public String verb() {
      return "notify";
    }

    @Override
    public int harshness() {
      return 0;
    }
  }

  /**
   * @param size how many are to be left
   */
  record Downsize(int size) implements Remedy {
    @Override
    public String verb() {
      return "downsize";
    }

    @Override
    public int harshness() {
      return 1;
    }
  }

  record Suspend() implements Remedy {
    @Override
    public String verb() {
      return "suspend";
    }

    @Override
    public int harshness() {
      return 2;
    }
  }

  /**
   * @param destination name of a place that configuration describes
   */
  record Migrate(String destination) implements Remedy {
    @Override
    public String verb() {
      return "migrate";
    }

    @Override
    public int harshness() {
      return 3;
    }
  }

  /** For sick nodes. */
  record Drain() implements Remedy {
    @Override
    public String verb() {
      return "drain";
    }

    @Override
    public int harshness() {
      return 4;
    }
  }

  record Terminate() implements Remedy {
    @Override
    public String verb() {
      return "terminate";
    }

    @Override
    public int harshness() {
      return 5;
    }
  }

  /** Whether it changes anything on a platform. */
  default boolean acts() {
    return !(this instanceof Notify);
  }

  /** The remedy without parameters that a verb names. */
  static Optional<Remedy> named(String verb) {
    return switch (verb) {
      case "notify" -> Optional.of(new Notify());
      case "suspend" -> Optional.of(new Suspend());
      case "drain" -> Optional.of(new Drain());
      case "terminate" -> Optional.of(new Terminate());
      default -> Optional.empty();
    };
  }
}
