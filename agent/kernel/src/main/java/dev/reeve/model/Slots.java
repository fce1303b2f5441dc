package dev.reeve.model;

import java.util.BitSet;

/** The numbered values of one fact, each known or not. Immutable once built. */
public final class Slots {
  private final SlotTable table;
  private final double[] values;
  private final long[] known;
  private final String[] whyNot;
  private final String gpuModel;

  private Slots(SlotTable table, double[] values, long[] known, String[] whyNot, String gpuModel) {
    this.gpuModel = gpuModel;
    this.table = table;
    this.values = values;
    this.known = known;
    this.whyNot = whyNot;
  }

  public SlotTable table() {
    return table;
  }

  public boolean known(int slot) {
    return (known[slot >> 6] & (1L << slot)) != 0;
  }

  /** NaN where it is not known, so that no comparison can hold. */
  public double value(int slot) {
    return values[slot];
  }

  /** Why a slot is not known, for people; empty where it is. */
  public String whyNot(int slot) {
    return whyNot[slot];
  }

  /** The model of its GPU, or the one model of all of its GPUs; empty where there is none. */
  public String gpuModel() {
    return gpuModel;
  }

  public int size() {
    return values.length;
  }

  public static Builder builder(SlotTable table, SubjectKind kind) {
    return new Builder(table, table.size(kind));
  }

  /** Fills slots; what is not set is not known. */
  public static final class Builder {
    private final SlotTable table;
    private final double[] values;
    private final String[] whyNot;
    private final BitSet known;
    private String gpuModel = "";

    private Builder(SlotTable table, int size) {
      this.table = table;
      this.values = new double[size];
      this.whyNot = new String[size];
      this.known = new BitSet(size);
      java.util.Arrays.fill(values, Double.NaN);
      java.util.Arrays.fill(whyNot, "never seen");
    }

    /** A value that is not finite is not known. */
    public Builder set(int slot, double value) {
      if (!Double.isFinite(value)) {
        return unknown(slot, "not finite");
      }
      values[slot] = value;
      whyNot[slot] = "";
      known.set(slot);
      return this;
    }

    public Builder unknown(int slot, String reason) {
      values[slot] = Double.NaN;
      whyNot[slot] = reason;
      known.clear(slot);
      return this;
    }

    public Builder gpuModel(String model) {
      gpuModel = model;
      return this;
    }

    public Slots build() {
      long[] words = new long[(values.length + 63) >> 6];
      long[] set = known.toLongArray();
      System.arraycopy(set, 0, words, 0, set.length);
      return new Slots(table, values.clone(), words, whyNot.clone(), gpuModel);
    }
  }
}
