package dev.reeve.board;

import static dev.reeve.board.Readings.BEGIN;
import static dev.reeve.board.Readings.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.model.Signal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HealthTest {
  private static final String DCGM = "dcgm:a";
  private static final String SMI = "nvidia_smi";

  private final Health health = new Health();
  private long now = BEGIN;

  private void see(Signal signal, double value) {
    see(signal, value, DCGM);
  }

  private void see(Signal signal, double value, String source) {
    now += MINUTE;
    health.see(signal, value, source, now);
  }

  private Optional<String> sick() {
    return health.sick(now);
  }

  @Test
  void anXidThatAppearsIsOneEventAndNotOneForEachReading() {
    see(Signal.GPU_XID, 0);
    see(Signal.GPU_XID, 79);
    see(Signal.GPU_XID, 79);
    see(Signal.GPU_XID, 79);
    assertEquals(1, health.fatalXids(DCGM));
    assertEquals(Optional.of("XID 79, seen 2m ago"), sick());
  }

  @Test
  void anXidThatStoodThereFromTheBeginningIsNoEventButProtectsForADay() {
    see(Signal.GPU_XID, 48);
    see(Signal.GPU_XID, 48);
    assertEquals(0, health.fatalXids(DCGM));
    assertEquals(Optional.of("XID 48, seen 1m ago"), sick());
    now += Health.REMEMBERED_NANOS - MINUTE;
    see(Signal.GPU_XID, 48);
    assertEquals(Optional.empty(), sick());
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 31, 43, 45, 63, 92, 94, 154})
  void faultsOfApplicationsAndNewsAreNoSigns(int xid) {
    see(Signal.GPU_XID, 0);
    see(Signal.GPU_XID, xid);
    assertEquals(Optional.empty(), sick());
    assertEquals(0, health.fatalXids(DCGM));
  }

  @Test
  void aResetTakesAnXidBack() {
    see(Signal.GPU_XID, 0);
    see(Signal.GPU_XID, 119);
    see(Signal.GPU_XID, 0);
    assertEquals(Optional.empty(), sick());
    see(Signal.GPU_XID, 119);
    assertEquals(2, health.fatalXids(DCGM));
  }

  @Test
  void anotherXidBehindAFatalOneDoesNotTakeItBack() {
    see(Signal.GPU_XID, 0);
    see(Signal.GPU_XID, 79);
    see(Signal.GPU_XID, 31);
    assertEquals(Optional.of("XID 79, seen 1m ago"), sick());
  }

  @ParameterizedTest
  @EnumSource(
      value = Signal.class,
      names = {"GPU_ECC_UNCORRECTED", "GPU_NVLINK_ERRORS"})
  void aCounterOfErrorsIsASignWhenItRisesAndNotWhenItStandsOrStartsAnew(Signal counter) {
    see(counter, 7);
    assertEquals(Optional.empty(), sick());
    see(counter, 0);
    assertEquals(Optional.empty(), sick());
    see(counter, 1);
    assertEquals(true, sick().isPresent());
  }

  @ParameterizedTest
  @EnumSource(
      value = Signal.class,
      names = {"GPU_REMAP_FAILED", "GPU_REMAP_PENDING", "GPU_RECOVERY_ACTION"})
  void aStateIsASignWhileItStandsAndForADayAfterItsSourceFellSilent(Signal state) {
    see(state, 1);
    now += Health.REMEMBERED_NANOS - 1;
    assertEquals(true, sick().isPresent());
    now += 1;
    assertEquals(Optional.empty(), sick());
    see(state, 1);
    see(state, 0);
    assertEquals(Optional.empty(), sick());
  }

  @Test
  void whatOneSourceCallsWellAnotherMayCallSick() {
    see(Signal.GPU_REMAP_FAILED, 1, DCGM);
    see(Signal.GPU_REMAP_FAILED, 0, SMI);
    assertEquals(true, sick().isPresent());
  }

  @Test
  void signsAreToldInAFixedOrder() {
    see(Signal.GPU_RECOVERY_ACTION, 2);
    see(Signal.GPU_REMAP_FAILED, 1);
    assertEquals(
        Optional.of(
            "a row of memory that could not be remapped, seen 0s ago; a driver that asks for"
                + " recovery action 2, seen 1m ago"),
        sick());
  }

  @Test
  void silenceAndLoadAreNoSigns() {
    see(Signal.GPU_UTILIZATION, 1);
    see(Signal.GPU_THROTTLED, 1);
    assertEquals(Optional.empty(), sick());
  }
}
