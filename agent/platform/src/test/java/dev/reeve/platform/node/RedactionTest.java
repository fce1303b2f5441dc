package dev.reeve.platform.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "t --token S3CRET",
        "t --password=S3CRET",
        "t --api-key S3CRET",
        "t --apiKey=S3CRET",
        "env WANDB_API_KEY=S3CRET t",
        "t --db postgres://user:S3CRET@host/x",
        "t --hf_token S3CRET",
        "curl -H 'Authorization:S3CRET'",
        "t AWS_SECRET_ACCESS_KEY=S3CRET",
        "t --auth.bearer=S3CRET",
        "t hf_S3CRETabcdefgh",
        "t --passwd S3CRET --lr 1"
      })
  void hidesSecrets(String command) {
    String shown = Redaction.redacted(List.of(command.split(" ", -1)));
    assertFalse(shown.contains("S3CRET"), shown);
    assertTrue(shown.contains(Redaction.HIDDEN), shown);
  }

  @Test
  void hidesSecretsWithinTheCommandOfAShell() {
    List<String> words =
        List.of("sh", "-c", "WANDB_API_KEY=S3CRET python t.py --token S3CRET --lr 1");
    assertEquals(
        "sh -c WANDB_API_KEY=[hidden] python t.py --token [hidden] --lr 1",
        Redaction.redacted(words));
  }

  @Test
  void showsTheRest() {
    List<String> words =
        List.of(
            "python",
            "train.py",
            "--tokenizer",
            "bpe",
            "--lr=0.1",
            "--monkey",
            "x",
            "--flag",
            "-v");
    assertEquals(String.join(" ", words), Redaction.redacted(words));
  }

  @Test
  void doesNotTakeTheNextFlagForTheValueOfASecretFlag() {
    assertEquals(
        "t --use-auth --lr 1", Redaction.redacted(List.of("t", "--use-auth", "--lr", "1")));
  }

  @Test
  void cutsLongCommandLines() {
    CommandLine line = new CommandLine(List.of("python", "x".repeat(9000)));
    assertEquals(1024, line.text().length());
  }

  @Test
  void takesNoLongerForLongWordsThanTheyAre() {
    List<String> words = List.of("python", "x".repeat(128 * 1024));
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Redaction.redacted(words));
  }

  @Test
  void hidesTheUserOfAnAddressOfALongScheme() {
    String scheme = "x".repeat(50);
    assertEquals(
        scheme + "://[hidden]@host/", Redaction.redacted(List.of(scheme + "://me:pw@host/")));
  }
}
