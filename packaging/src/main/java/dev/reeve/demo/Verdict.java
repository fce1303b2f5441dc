package dev.reeve.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a demonstration, by three accounts: the world's own, the API's and the metrics'.
 *
 * @param living how many processes of each workload live
 * @param verified plans whose goal was seen, by the API; no metric counts them, but what they save
 *     is on both
 * @param arrived notices at the webhook
 * @param api what the API says
 * @param metrics what /metrics says
 * @param journal what is wrong with the journal
 */
record Verdict(
    Map<Role, Integer> living,
    long verified,
    long arrived,
    Account api,
    Account metrics,
    Optional<String> journal) {

  /**
   * Numbers that two accounts must share. Money is a text, empty where no price is known.
   *
   * @param findings that are open
   * @param steps that were done
   * @param delivered notices
   */
  record Account(long findings, long steps, long delivered, String wasting, String saving) {}

  Verdict {
    living = Map.copyOf(living);
  }

  boolean ended(Role role) {
    return living.getOrDefault(role, 0) == 0;
  }

  /** Everything that is not as it should be, in words; nothing if all is well. */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    int ended = 0;
    for (Role role : Role.all()) {
      ended += ended(role) ? 1 : 0;
      if (role.ends() && !ended(role)) {
        wrong.add(role.name() + " was to end, and " + living.get(role) + " of its processes live");
      } else if (!role.ends() && ended(role)) {
        wrong.add(role.name() + " was to be left alone, and has ended");
      }
    }
    agree(wrong, "ended workloads, and plans verified by the API", ended, verified);
    agree(wrong, "findings by the API and on /metrics", api.findings(), metrics.findings());
    agree(wrong, "steps done by the API and on /metrics", api.steps(), metrics.steps());
    agree(wrong, "notices that arrived, and delivered by the API", arrived, api.delivered());
    agree(wrong, "notices that arrived, and delivered on /metrics", arrived, metrics.delivered());
    agree(wrong, "waste an hour by the API and on /metrics", api.wasting(), metrics.wasting());
    agree(wrong, "saving an hour by the API and on /metrics", api.saving(), metrics.saving());
    journal.ifPresent(problem -> wrong.add("the journal: " + problem));
    return wrong;
  }

  private static void agree(List<String> wrong, String what, Object left, Object right) {
    if (!left.toString().equals(right.toString())) {
      wrong.add(what + ", do not agree: " + left + " and " + right);
    }
  }

  /** One spelling for an amount, since the API writes decimals and the metrics binary numbers. */
  static String amount(BigDecimal amount) {
    return amount.setScale(4, java.math.RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
  }
}
