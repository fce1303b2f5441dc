package dev.reeve.rules.yaml;

import dev.reeve.rules.Accepted;
import java.nio.charset.StandardCharsets;

/** For a fuzzer that makes bytes: the gate before conditions in DRL. */
public final class FuzzGate {
  private static final Oracle ORACLE = new Oracle(2);
  private static final Mutation MUTATION = new Mutation(Mutation.DRL);
  private static final Bases BASES = Bases.drl();

  private static long accepted;

  private FuzzGate() {}

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
    accepted += ORACLE.gate(text) ? 1 : 0;
  }

  public static void fuzzerTearDown() {
    System.err.println("accepted=" + accepted + " compiled=" + Accepted.compiled());
  }
}
