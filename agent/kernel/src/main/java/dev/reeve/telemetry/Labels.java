package dev.reeve.telemetry;

/** The names of all labels, as OpenTelemetry writes them. */
final class Labels {
  static final String ACTION = "action";
  static final String CHANNEL = "channel";
  static final String COLLECTOR = "collector";
  static final String CURRENCY = "currency";
  static final String DELIVERY = "delivery";
  static final String GUARD = "guard";
  static final String HW_ID = "hw.id";
  static final String HW_MODEL = "hw.model";
  static final String HW_TYPE = "hw.type";
  static final String KIND = "kind";
  static final String MODE = "mode";
  static final String OUTCOME = "outcome";
  static final String REASON = "reason";
  static final String RULE = "rule";
  static final String RULE_SET = "rule_set";
  static final String STATE = "state";
  static final String VERDICT = "verdict";

  private Labels() {}
}
