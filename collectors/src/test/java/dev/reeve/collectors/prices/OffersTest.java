package dev.reeve.collectors.prices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.config.Problems;
import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.model.SubjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OffersTest {
  private static final String H100 = "NVIDIA H100 80GB HBM3";
  private static final Machine ANY = new Machine("", "", "", Market.ON_DEMAND);

  @ParameterizedTest
  @CsvSource({
    "H100,NVIDIA H100 80GB HBM3,true",
    "h100 80gb,NVIDIA H100 80GB HBM3,true",
    "H100 NVL,NVIDIA H100 80GB HBM3,false",
    "H100,NVIDIA H100 NVL,true",
    "A10,NVIDIA A100-SXM4-80GB,false",
    "A100 80GB,NVIDIA A100-SXM4-80GB,true",
    "A100 80GB,NVIDIA A100-SXM4-40GB,false",
    "L4,NVIDIA L40S,false",
    "RTX PRO 6000,NVIDIA RTX PRO 6000 Blackwell Server Edition,true",
    "MI300X,AMD Instinct MI300X,true",
    "T4,Tesla T4,true"
  })
  void namesFitByWholeWords(String offered, String model, boolean fits) {
    assertEquals(fits, GpuName.of(offered).fits(gpu(model, "")));
  }

  @Test
  void theOneThatSaysMostIsMeant() {
    Offers offers =
        offers(
            "H100,,,,2.00,,USD,2026-07\n"
                + "H100 80GB,,,,3.00,,USD,2026-07\n"
                + ",p5,8,,,8.00,USD,2026-07\n");
    assertPrice("3.00 USD/h", offers.price(gpu(H100, ""), ANY));
    var p5 = new Machine("", "", "p5", Market.ON_DEMAND);
    assertPrice("1.00 USD/h", offers.price(gpu(H100, ""), p5));
    assertPrice("2.00 USD/h", offers.price(gpu("NVIDIA H100 NVL", ""), ANY));
  }

  @Test
  void saysNothingWhereTwoSayAsMuch() {
    Offers offers = offers("H100,,,,2.00,,USD,2026-07\nH100,,,,2.50,,USD,2026-08\n");
    assertUnknown(
        "lines 2 and 3 of prices.csv give two prices for it", offers.price(gpu(H100, ""), ANY));
  }

  @Test
  void takesTwoRowsThatAgree() {
    Offers offers = offers("H100,,,,2.5,,USD,2026-07\nH100,,,,2.50,,USD,2026-08\n");
    assertPrice("2.50 USD/h", offers.price(gpu(H100, ""), ANY));
  }

  @Test
  void saysWhichMarketToName() {
    assertUnknown(
        "prices.csv has no on-demand price for NVIDIA H100 80GB HBM3, but a reserved one: say"
            + " market: reserved",
        offers("H100,,,reserved,2.00,,USD,2026-07\n").price(gpu(H100, ""), ANY));
  }

  @Test
  void givesASliceNoPriceOfAWholeGpu() {
    Offers offers = offers("H100,,,,2.00,,USD,2026-07\nH100 1g.10gb,,,,0.30,,USD,2026-07\n");
    assertPrice("0.30 USD/h", offers.price(gpu(H100, "1g.10gb"), ANY));
    assertUnknown(
        "prices.csv has no price for NVIDIA H100 80GB HBM3, profile 3g.40gb: a slice needs one of"
            + " its own",
        offers.price(gpu(H100, "3g.40gb"), ANY));
    assertPrice("2.00 USD/h", offers.price(gpu(H100, ""), ANY));
  }

  @Test
  void guessesNothingForAGpuWithoutAName() {
    assertUnknown(
        "prices.csv has no on-demand price for a GPU without a model name",
        offers("H100,,,,2.00,,USD,2026-07\n").price(gpu("", ""), ANY));
  }

  private static Offers offers(String rows) {
    var problems = new Problems();
    Offers offers =
        PriceFile.parse(
            "prices.csv",
            "gpu,instance_type,gpu_count,market,price_per_gpu_hour,price_per_hour,currency,date\n"
                + rows,
            problems);
    assertTrue(problems.isEmpty(), problems.text());
    return offers;
  }

  static Device gpu(String model, String profile) {
    String id = profile.isEmpty() ? "GPU-1" : "GPU-1/3";
    return new Device(SubjectId.gpu(id), model, "0", "node", profile, 0);
  }

  private static void assertPrice(String price, Cost cost) {
    assertEquals(price, cost.text());
  }

  private static void assertUnknown(String reason, Cost cost) {
    assertEquals(new Cost.Unknown(reason), cost);
  }
}
