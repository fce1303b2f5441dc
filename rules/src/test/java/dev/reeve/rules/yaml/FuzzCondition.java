package dev.reeve.rules.yaml;

import dev.reeve.rules.Accepted;
import java.nio.charset.StandardCharsets;

/** For a fuzzer that makes bytes: the parser of conditions. */
public final class FuzzCondition {
  private static final Oracle ORACLE = new Oracle(1);
  private static final Mutation MUTATION = new Mutation(Mutation.CONDITION);
  private static final Bases BASES = Bases.conditions();

  /** The whole way of a rule takes a hundred times as long. */
  private static final int ONE_OF = 100;

  private static long accepted;

  private FuzzCondition() {}

  /** The first set that is compiled takes a hundred times as long as the next. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[0]);
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    String text;
    if (bytes.length > 0 && bytes[0] < -64) {
      text = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
    } else {
      Choices choices = Choices.of(bytes, 1);
      text = MUTATION.of(BASES.one(choices), choices);
    }
    accepted += condition(text) ? 1 : 0;
  }

  /** Read alone, and where it judges in a rule that is compiled. */
  private static boolean condition(String text) {
    if (!Oracle.condition(text)) {
      return false;
    }
    String quoted = "'" + text.replace("'", "''") + "'";
    if (Math.floorMod(text.hashCode(), ONE_OF) == 0) {
      ORACLE.yaml(Bases.inRule(quoted));
    }
    return true;
  }

  public static void fuzzerTearDown() {
    System.err.println("accepted=" + accepted + " compiled=" + Accepted.compiled());
  }
}
