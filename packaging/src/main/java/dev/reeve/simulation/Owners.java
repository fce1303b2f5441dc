package dev.reeve.simulation;

import dev.reeve.model.Notice;
import dev.reeve.spi.Notifier;

/** Reaches the owners of workloads, unless something is wrong with the way. */
final class Owners implements Notifier {
  private final Wire wire;
  private final Oracle oracle;
  private final Figures figures;
  private Way way = Way.WORKS;

  /** How a notice fares. */
  enum Way {
    WORKS,
    FAILS,
    REPLY_LOST
  }

  Owners(Wire wire, Oracle oracle, Figures figures) {
    this.wire = wire;
    this.oracle = oracle;
    this.figures = figures;
  }

  void ail(Way with) {
    way = with;
  }

  @Override
  public String name() {
    return "owners";
  }

  @Override
  public Delivery deliver(Notice notice) {
    wire.locked();
    if (way == Way.FAILS) {
      return new Delivery.NotDelivered("no route to host");
    }
    figures.notices++;
    oracle.told(notice.rule(), notice.workload().substring(notice.workload().lastIndexOf('/') + 1));
    wire.locked();
    return way == Way.WORKS
        ? new Delivery.Delivered("the owner")
        : new Delivery.NotDelivered("no reply within 5 s");
  }
}
