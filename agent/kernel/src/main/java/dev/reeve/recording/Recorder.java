package dev.reeve.recording;

import dev.reeve.model.Observation;
import dev.reeve.spi.CollectException;

/** Keeps what sources say. Threads: any; never blocks and never throws. */
public interface Recorder extends AutoCloseable {
  /** Keeps nothing. */
  Recorder NONE =
      new Recorder() {
        @Override
        public void accept(Observation observation) {}

        @Override
        public void failed(String source, CollectException why) {}
      };

  void accept(Observation observation);

  /** A source gave nothing just now. */
  void failed(String source, CollectException why);

  @Override
  default void close() {}
}
