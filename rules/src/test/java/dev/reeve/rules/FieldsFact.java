package dev.reeve.rules;

/** A shape to measure: one field per window. Public for compiled rules. */
public record FieldsFact(
    String type,
    String subject,
    String owner,
    long known,
    double s0,
    double s1,
    double s2,
    double s3,
    double s4,
    double s5,
    double s6,
    double s7) {
  public boolean known(int slot) {
    return (known & (1L << slot)) != 0;
  }
}
