package dev.reeve.collectors.history;

import dev.reeve.spi.History.HistoryException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Sorts samples by their times, on disk where they do not fit into memory: blocks are sorted and
/// written, then read together.
final class SortedSamples implements Samples {
  private final PriorityQueue<Cursor> cursors =
      new PriorityQueue<>(
          Comparator.comparingLong(Cursor::millis).thenComparingInt(Cursor::number));
  private final List<Cursor> all = new ArrayList<>();
  private final long count;
  private long read;
  private long millis;
  private int series;
  private double value;

  private SortedSamples(long count) {
    this.count = count;
  }

  /// Takes samples in any order.
  static final class Sorter {
    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private final SampleBlock block = new SampleBlock();
    private long count;

    Sorter(Path folder) {
      this.folder = folder;
    }

    void add(long atMillis, int ofSeries, double of) throws IOException {
      if (block.full()) {
        write();
      }
      block.add(atMillis, ofSeries, of);
      count++;
    }

    private void write() throws IOException {
      block.sort();
      Path file = folder.resolve("sorted-" + files.size());
      files.add(file);
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
        for (int i = 0; i < block.size(); i++) {
          out.writeLong(block.millis(i));
          out.writeInt(block.series(i));
          out.writeDouble(block.value(i));
        }
      }
      block.clear();
    }

    SortedSamples sorted() throws IOException {
      block.sort();
      SortedSamples samples = new SortedSamples(count);
      for (Path file : files) {
        samples.add(new OnDisk(samples.all.size(), file));
      }
      samples.add(new InMemory(samples.all.size(), block));
      return samples;
    }
  }

  private void add(Cursor cursor) throws IOException {
    all.add(cursor);
    if (cursor.advance()) {
      cursors.add(cursor);
    }
  }

  @Override
  public boolean next() throws HistoryException {
    Cursor first = cursors.poll();
    if (first == null) {
      return false;
    }
    millis = first.millis();
    series = first.series();
    value = first.value();
    read++;
    try {
      if (first.advance()) {
        cursors.add(first);
      }
    } catch (IOException failure) {
      throw new HistoryException("what was sorted cannot be read again: " + failure, failure);
    }
    return true;
  }

  @Override
  public long millis() {
    return millis;
  }

  @Override
  public int series() {
    return series;
  }

  @Override
  public double value() {
    return value;
  }

  @Override
  public double progress() {
    return count == 0 ? 1 : (double) read / count;
  }

  @Override
  public void close() {
    all.forEach(Cursor::close);
  }

  private interface Cursor {
    int number();

    boolean advance() throws IOException;

    long millis();

    int series();

    double value();

    void close();
  }

  private static final class InMemory implements Cursor {
    private final int number;
    private final SampleBlock block;
    private int place = -1;

    InMemory(int number, SampleBlock block) {
      this.number = number;
      this.block = block;
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public boolean advance() {
      return ++place < block.size();
    }

    @Override
    public long millis() {
      return block.millis(place);
    }

    @Override
    public int series() {
      return block.series(place);
    }

    @Override
    public double value() {
      return block.value(place);
    }

    @Override
    public void close() {}
  }

  private static final class OnDisk implements Cursor {
    private final int number;
    private final DataInputStream in;
    private long millis;
    private int series;
    private double value;

    OnDisk(int number, Path file) throws IOException {
      this.number = number;
      this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 15));
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public boolean advance() throws IOException {
      try {
        millis = in.readLong();
      } catch (EOFException _) {
        return false;
      }
      series = in.readInt();
      value = in.readDouble();
      return true;
    }

    @Override
    public long millis() {
      return millis;
    }

    @Override
    public int series() {
      return series;
    }

    @Override
    public double value() {
      return value;
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException _) {
        // it was only read
      }
    }
  }
}
