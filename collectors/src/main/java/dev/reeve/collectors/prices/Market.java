package dev.reeve.collectors.prices;

/** How a machine is paid. */
enum Market {
  ON_DEMAND("on-demand"),
  SPOT("spot"),
  RESERVED("reserved");

  private final String text;

  Market(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
