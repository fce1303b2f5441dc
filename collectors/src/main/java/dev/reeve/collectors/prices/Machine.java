package dev.reeve.collectors.prices;

import dev.reeve.config.Section;

/**
 * What configuration says of the machine; empty text where it says nothing.
 *
 * @param provider such as {@code aws}
 * @param instanceType such as {@code p5.48xlarge}
 */
record Machine(String provider, String region, String instanceType, Market market) {
  static Machine read(Section section) {
    section.about("provider", "who rents this machine out, such as `aws`, `gcp` or `azure`");
    section.about("region", "where it stands, such as `us-east-1`");
    section.about("instance_type", "what it is, such as `p5.48xlarge`");
    section.about("market", "how it is paid");
    return new Machine(
        section.text("provider", ""),
        section.text("region", ""),
        section.text("instance_type", ""),
        section.oneOf("market", Market.class, Market.ON_DEMAND));
  }

  boolean known() {
    return !provider.isEmpty() && !region.isEmpty() && !instanceType.isEmpty();
  }

  @Override
  public String toString() {
    return String.join(" ", provider, region, instanceType, market.text()).strip();
  }
}
