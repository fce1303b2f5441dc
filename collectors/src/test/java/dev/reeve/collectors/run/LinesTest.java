package dev.reeve.collectors.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Checkpoint;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.WorkloadKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
  @Test
  void readsProgress() throws Exception {
    assertEquals(
        new Line.Report(
            "run", OptionalLong.of(120), OptionalLong.empty(), OptionalDouble.of(0.52), false),
        Lines.parse("{\"step\":120,\"loss\":0.52}"));
    assertEquals(
        new Line.Report(
            "fold 2", OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty(), true),
        Lines.parse("{\"run\":\"fold 2\",\"end\":true}"));
  }

  @ParameterizedTest
  @CsvSource({
    "NaN,NaN",
    "Infinity,Infinity",
    "-Infinity,-Infinity",
    "'\"NaN\"',NaN",
    "'\"nan\"',NaN",
    "'\"inf\"',Infinity",
    "'\"-inf\"',-Infinity",
    "'\"Infinity\"',Infinity",
    "1e999,Infinity",
    "3,3.0"
  })
  void takesLossesThatAreNotFinite(String written, double loss) throws Exception {
    Line.Report report = (Line.Report) Lines.parse("{\"loss\":" + written + "}");

    assertEquals(OptionalDouble.of(loss), report.loss());
  }

  @Test
  void readsDeclarations() throws Exception {
    Line.Declared declared =
        ((Line.Declare)
                Lines.parse(
                    """
                    {"declare":{"kind":"training","owner":"ana","group":"vision","protect":true,
                     "checkpoint":{"signal":"SIGUSR1","ack":"/ckpt/../ckpt/ack","within":"5m"},
                     "budget":"50 USD/h","single_node":true}}\
                    """))
            .declared();

    assertEquals(Optional.of(WorkloadKind.TRAINING), declared.kind());
    assertEquals(Optional.of("ana"), declared.owner());
    assertEquals(
        Optional.of(new Checkpoint("USR1", Path.of("/ckpt/ack"), Duration.ofMinutes(5))),
        declared.checkpoint());
    assertEquals(Optional.of(MoneyPerHour.of("50", "USD")), declared.budget());
    assertTrue(declared.protect() && declared.singleNode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello | one JSON object",
        "[] | one JSON object",
        "{} | says nothing",
        "{\"los\":1} | \"los\" is not known",
        "{\"step\":-1} | whole number from 0 up",
        "{\"total_steps\":0} | whole number from 1 up",
        "{\"total_steps\":1.5} | whole number from 1 up",
        "{\"total_steps\":\"9\"} | whole number from 1 up",
        "{\"step\":1.5} | whole number from 0 up",
        "{\"step\":\"1\"} | whole number from 0 up",
        "{\"loss\":null} | a number",
        "{\"loss\":\"0.5\"} | a number",
        "{\"step\":1,\"end\":\"yes\"} | true or false",
        "{\"step\":1,\"run\":\"\"} | 1 to 128 characters",
        "{\"step\":1,\"run\":\"a\\nb\"} | 1 to 128 characters",
        "{\"step\":1,\"step\":2} | there already",
        "{\"notices\":false} | is true",
        "{\"declare\":3} | is an object",
        "{\"declare\":{}} | says nothing",
        "{\"declare\":{\"kind\":\"mining\"}} | one of training, serving",
        "{\"declare\":{\"protect\":false}} | never taken back",
        "{\"declare\":{\"name\":\"x\"}} | set REEVE_NAME",
        "{\"declare\":{\"priority\":1}} | cannot be declared; what can is [budget, checkpoint",
        "{\"declare\":{\"budget\":\"50\"}} | such as \"50 USD/h\"",
        "{\"declare\":{\"budget\":\"50 XQQ/h\"}} | such as \"50 USD/h\"",
        "{\"declare\":{\"checkpoint\":{\"signal\":\"KILL\",\"ack\":\"/a\",\"within\":\"1m\"}}} |"
            + " one of [CONT, HUP",
        "{\"declare\":{\"checkpoint\":{\"signal\":\"USR1\",\"ack\":\"a\",\"within\":\"1m\"}}} |"
            + " whole path",
        "{\"declare\":{\"checkpoint\":{\"signal\":\"USR1\",\"ack\":\"/a\",\"within\":\"9h\"}}} |"
            + " at most \"6h\"",
        "{\"declare\":{\"checkpoint\":{\"signal\":\"USR1\"}}} | \"checkpoint\" is {",
      })
  void saysWhatWasExpected(String line, String sentence) {
    Line.BadLineException bad = assertThrows(Line.BadLineException.class, () -> Lines.parse(line));
    assertTrue(bad.getMessage().contains(sentence), bad.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001b[2J", "<script>", "\u0000", "\u202e"})
  void doesNotRepeatControlCharacters(String name) {
    String line = "{\"a" + name.replace("\u001b", "\\u001b").replace("\u0000", "\\u0000") + "\":1}";

    Line.BadLineException bad = assertThrows(Line.BadLineException.class, () -> Lines.parse(line));
    assertTrue(bad.getMessage().chars().noneMatch(Character::isISOControl));
  }

  @Test
  void readsAfterHowManyStepsARunIsDone() throws Exception {
    assertEquals(
        new Line.Report(
            "run", OptionalLong.of(3), OptionalLong.of(9), OptionalDouble.empty(), false),
        Lines.parse("{\"step\":3,\"total_steps\":9}"));
    assertEquals(
        new Line.Report(
            "run", OptionalLong.empty(), OptionalLong.of(9), OptionalDouble.empty(), false),
        Lines.parse("{\"total_steps\":9}"));
  }
}
