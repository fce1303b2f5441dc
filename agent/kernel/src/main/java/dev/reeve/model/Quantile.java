package dev.reeve.model;

/**
 * What a window of a histogram says: the value that a share of all observations does not exceed.
 * Too few observations say nothing of the last ones among them.
 */
public enum Quantile {
  P50(50, 10),
  P90(90, 50),
  P95(95, 100),
  P99(99, 1_000);

  private final int percent;
  private final int least;

  Quantile(int percent, int least) {
    this.percent = percent;
    this.least = least;
  }

  public String text() {
    return "p" + percent;
  }

  /** Fewer observations than this tell nothing. */
  public int least() {
    return least;
  }

  /** Which of so many observations it is, the smallest being the first. */
  double rank(double observations) {
    return Math.ceil(percent * observations / 100);
  }
}
