package dev.reeve.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTrialTest {
  @TempDir private Path folder;

  @Test
  void thirtyReloadsOfWhichTenAreBrokenMissNoPassAndKeepNoClass() throws Exception {
    ReloadTrial.Result result = new ReloadTrial(folder).run(30);
    assertEquals(10, result.broken());
    assertEquals(30, result.judged());
    assertEquals(0, result.basesAlive());
    assertTrue(result.classesGrowth() < 200, result.toString());
    assertTrue(result.metaspaceGrowth() < 1_500_000, result.toString());
  }
}
