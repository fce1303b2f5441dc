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

  /** Bytes on disk. */
  default long bytes() {
    return 0;
  }

  @Override
  default void close() {}

  /** Tells both. */
  static Recorder both(Recorder one, Recorder other) {
    return new Recorder() {
      @Override
      public void accept(Observation observation) {
        one.accept(observation);
        other.accept(observation);
      }

      @Override
      public void failed(String source, CollectException why) {
        one.failed(source, why);
        other.failed(source, why);
      }

      @Override
      public long bytes() {
        return one.bytes() + other.bytes();
      }

      @Override
      public void close() {
        one.close();
        other.close();
      }
    };
  }
}
