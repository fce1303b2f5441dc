package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.rules.StockDrools;
import dev.reeve.rules.yaml.Canaries.Bird;
import dev.reeve.rules.yaml.DisguisedDrl.Construct;
import dev.reeve.rules.yaml.DisguisedDrl.Disguise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A canary that never sings proves nothing: the engine without the gate makes it sing. */
class CanaryControlTest {
  /**
   * Of {@link HostileFiles#PAYLOADS}; the others are of languages that the engine does not know.
   */
  private static final List<Integer> RUN = List.of(0, 2, 3, 4, 5, 9, 12, 13, 15, 16, 17);

  @TempDir private Path folder;

  @Test
  void withoutTheGateEveryConstructMakesItsCanarySing() throws IOException {
    try (Canaries canaries = new Canaries(folder)) {
      List<String> wrong = new ArrayList<>();
      for (Construct construct : Construct.values()) {
        for (Bird bird : Bird.values()) {
          DisguisedDrl.File file = DisguisedDrl.file(construct, Disguise.PLAIN, bird, canaries);
          compare(canaries, file, wrong);
        }
      }
      assertEquals("", String.join("\n", wrong));
    }
  }

  @Test
  void withoutTheGateEveryDisguiseIsSeenThroughByTheEngine() throws IOException {
    try (Canaries canaries = new Canaries(folder)) {
      List<String> wrong = new ArrayList<>();
      for (Disguise disguise : Disguise.values()) {
        compare(
            canaries,
            DisguisedDrl.file(Construct.CONSEQUENCE, disguise, Bird.FILE, canaries),
            wrong);
      }
      assertEquals("", String.join("\n", wrong));
    }
  }

  /** The texts of attacks on YAML, where a tier without escapes would let them stand. */
  private static final List<String> NAIVE =
      List.of(
          "rule \"x\" when $w : Workload(%s) then end",
          "rule \"x\" when $w : Workload(workload_gpus > 1) then %s; end",
          "rule \"x\" when $w : Workload() %s then end",
          "rule \"%s\" when then end",
          "rule \"x\" when $w : Workload(workload_kind != \"%s\") then end",
          "%s rule \"x\" when then f(); end",
          "%s rule \"x\" when then new X(); end");

  @Test
  void withoutEscapesTheTextsInYamlMakeTheirCanariesSing() throws IOException {
    try (Canaries canaries = new Canaries(folder)) {
      Set<Integer> ran = new TreeSet<>();
      Set<Bird> birds = new TreeSet<>();
      for (int i = 0; i < HostileFiles.PAYLOADS.size(); i++) {
        String payload = canaries.aimed(HostileFiles.PAYLOADS.get(i));
        for (String place : NAIVE) {
          String said = StockDrools.run(place.formatted(payload));
          Set<Bird> sung = canaries.sung(said.isEmpty() && payload.contains(".exec("));
          if (!sung.isEmpty()) {
            ran.add(i);
            birds.addAll(sung);
          }
        }
      }
      assertEquals(Set.of(Bird.values()), birds);
      assertEquals(new TreeSet<>(RUN), ran);
    }
  }

  private static void compare(Canaries canaries, DisguisedDrl.File file, List<String> wrong)
      throws IOException {
    String said = StockDrools.run(file.text());
    Set<Bird> sung = canaries.sung();
    boolean runs = file.disguise() != Disguise.MARKED && file.construct().runs(file.bird());
    Set<Bird> expected = runs ? Set.of(file.bird()) : Set.of();
    if (!sung.equals(expected)) {
      wrong.add(file.name() + " sang " + sung + ", the engine said " + said);
    }
  }
}
