package dev.reeve.model;

/** The canonical units; a collector converts every dialect into them. */
public enum Unit {
  RATIO("ratio", ""),
  BYTES("bytes", "B"),
  WATTS("watts", "W"),
  JOULES("joules", "J"),
  CELSIUS("celsius", "°C"),
  HERTZ("hertz", "Hz"),
  BYTES_PER_SECOND("bytes_per_second", "B/s"),
  CORES("cores", "cores"),
  SECONDS("seconds", "s"),
  PER_SECOND("per_second", "/s"),
  MONEY_PER_HOUR("money_per_hour", "/h"),
  COUNT("count", "");

  private final String text;
  private final String symbol;

  Unit(String text, String symbol) {
    this.text = text;
    this.symbol = symbol;
  }

  public String text() {
    return text;
  }

  /** What people write behind a number; empty for plain numbers. */
  public String symbol() {
    return symbol;
  }
}
