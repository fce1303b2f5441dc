package dev.reeve.rules.yaml;

/** Ends the reading of one condition; never leaves this package. */
final class SyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RuleCode code;
  private final transient Span span;
  private final transient Said said;

  /** What was expected and found, in words. */
  record Said(String expected, String found, String nearest) {}

  SyntaxException(RuleCode code, Span span, Said said) {
    super(code.text(), null, false, false);
    this.code = code;
    this.span = span;
    this.said = said;
  }

  RuleCode code() {
    return code;
  }

  Span span() {
    return span;
  }

  Said said() {
    return said;
  }
}
