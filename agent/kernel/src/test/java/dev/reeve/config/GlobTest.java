package dev.reeve.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*,process/ann/process/train.py,true",
    "process/root/*,process/root/unit/x,true",
    "process/root/*,process/ann/unit/x,false",
    "*/train-?,slurm/a/job/train-7,true",
    "*/train-?,slurm/a/job/train-17,false",
    "a*b*c,aXbYbZc,true",
    "a.c,abc,false",
    "A,a,false",
    "'','',true",
    "'',a,false"
  })
  void fitsTheWholeName(String pattern, String name, boolean fits) {
    assertEquals(fits, new Glob(pattern).matches(name));
  }

  @Test
  void isQuickWhateverThePattern() {
    assertEquals(false, new Glob("*a".repeat(5_000) + "b").matches("a".repeat(10_000)));
  }
}
