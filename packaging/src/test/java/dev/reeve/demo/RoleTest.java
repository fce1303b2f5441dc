package dev.reeve.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RoleTest {
  @Test
  void theWorkloadsHoldEveryGpuOnce() {
    List<Integer> held =
        Role.all().stream().flatMap(role -> role.gpus().stream()).sorted().toList();
    assertEquals(IntStream.range(0, World.GPUS).boxed().toList(), held);
  }

  @Test
  void onlyTheIdleAndTheDivergedAreToEnd() {
    assertEquals(
        List.of("train-idle", "train-nan"),
        Role.all().stream().filter(Role::ends).map(Role::name).toList());
  }

  @Test
  void theIdleOneWorksAtFirst() {
    assertTrue(Role.busy(1, 1));
    assertFalse(Role.busy(1, 10));
  }

  @Test
  void addsUpOnlyTheSamplesThatAreMeant() {
    String page =
        """
        reeve_steps_total{action="node/sigterm",outcome="done"} 2
        reeve_steps_total{action="node/sigkill",outcome="done"} 1
        reeve_steps_total{action="node/sigterm",outcome="refused"} 5
        reeve_steps_totally{outcome="done"} 9
        """;
    assertEquals(3, Story.sum(page, "reeve_steps_total", "outcome=\"done\""));
  }
}
