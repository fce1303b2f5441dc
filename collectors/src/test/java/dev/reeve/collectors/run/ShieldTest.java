package dev.reeve.collectors.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.linux.BootClock;
import dev.reeve.model.Protection;
import dev.reeve.model.SubjectId;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.spi.Surroundings;
import dev.reeve.time.BootTicker;
import dev.reeve.time.Clocks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged protects from then on, before any cycle has seen it. */
@SuppressWarnings("NullAway.Init") // set before each test
final class ShieldTest {
  @TempDir private Path folder;
  private RunSocket socket;

  @BeforeEach
  void open() {
    Clocks clocks = Clocks.system(new BootTicker(BootClock::nanos), BootClock.bootId(), 1);
    socket =
        new RunSocket(
            new RunSocket.Settings(
                ThisNode.here().withinContainer(),
                Optional.empty(),
                Quota.Limits.USUAL,
                Duration.ofHours(1)),
            new Surroundings(clocks, folder, folder));
  }

  @AfterEach
  void close() {
    socket.close();
  }

  @Test
  void protectsAsSoonAsTheDeclarationWasAcknowledged() throws Exception {
    socket.collect();
    SubjectId me;
    try (Client client = new Client(folder)) {
      RunSocketTest.assertOk(client.ask("{\"step\":1}"));
      me = socket.collect().runs().getFirst().workload();
      assertFalse(socket.protection(me).isProtected());
      RunSocketTest.assertOk(client.ask("{\"declare\":{\"protect\":true}}"));
    }
    assertTrue(socket.protection(me).isProtected());
  }

  @Test
  void aDeclarationOfAnotherKindProtectsNobody() throws Exception {
    socket.collect();
    try (Client client = new Client(folder)) {
      RunSocketTest.assertOk(client.ask("{\"declare\":{\"kind\":\"training\"}}"));
    }
    SubjectId me = socket.collect().declarations().getFirst().workload();
    assertFalse(socket.protection(me).isProtected());
  }

  @Test
  void protectsEverybodyWhereDeclarationsCannotBeRead() throws Exception {
    Files.writeString(folder.resolve(LedgerFile.NAME), "{\"v\":9}");
    Protection held = socket.protection(SubjectId.run("any"));
    Protection.Protected shield = assertInstanceOf(Protection.Protected.class, held);
    assertTrue(shield.reason().contains("cannot be read"), shield.reason());
  }
}
