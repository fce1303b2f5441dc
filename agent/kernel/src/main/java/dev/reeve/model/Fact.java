package dev.reeve.model;

/**
 * What rules see: one flat fact per subject. The classes are the same for all rule sets; windows
 * and attributes are numbered slots, and what a slot means stands in the set's table.
 *
 * <p>{@code subject}, {@code owner} and {@code group} are what patterns join on: a GPU's and a
 * run's owner is the subject of the workload that holds it, a workload's owner is who answers for
 * it. Empty text joins with nothing.
 */
public sealed interface Fact {
  String subject();

  String owner();

  String group();

  /** The workload's kind, {@code unknown} where it is not known; empty for other subjects. */
  String kind();

  Slots slots();

  SubjectKind subjectKind();

  default boolean known(int slot) {
    return slots().known(slot);
  }

  default double value(int slot) {
    return slots().value(slot);
  }

  /** For compiled rules: whether a name is like one of the patterns; no where it is unknown. */
  default boolean among(Trait trait, String patterns) {
    return trait.among(this, Trait.split(patterns)) == Truth.CONFIRMED;
  }

  /** For compiled rules: whether a name is known and like none of the patterns. */
  default boolean notAmong(Trait trait, String patterns) {
    return trait.among(this, Trait.split(patterns)) == Truth.REFUTED;
  }

  /** For compiled rules: a number that depends on a name; NaN where the name is unknown. */
  default double choose(Trait trait, String patterns, double then, double otherwise) {
    return switch (trait.among(this, Trait.split(patterns))) {
      case CONFIRMED -> then;
      case REFUTED -> otherwise;
      case UNKNOWN -> Double.NaN;
    };
  }

  /** The fact of that kind. */
  static Fact of(SubjectKind of, String subject, String owner, String group, String kind, Slots s) {
    return switch (of) {
      case WORKLOAD -> new WorkloadFact(subject, owner, group, kind, s);
      case GPU -> new GpuFact(subject, owner, group, kind, s);
      case NODE -> new NodeFact(subject, owner, group, kind, s);
      case RUN -> new RunFact(subject, owner, group, kind, s);
      case ENDPOINT -> new EndpointFact(subject, owner, group, kind, s);
      case BUDGET -> new BudgetFact(subject, owner, group, kind, s);
    };
  }

  record WorkloadFact(String subject, String owner, String group, String kind, Slots slots)
      implements Fact {
    @Override
    public SubjectKind subjectKind() {
      return SubjectKind.WORKLOAD;
    }
  }

  record GpuFact(String subject, String owner, String group, String kind, Slots slots)
      implements Fact {
    @Override
    public SubjectKind subjectKind() {
      return SubjectKind.GPU;
    }
  }

  record NodeFact(String subject, String owner, String group, String kind, Slots slots)
      implements Fact {
    @Override
    public SubjectKind subjectKind() {
      return SubjectKind.NODE;
    }
  }

  record RunFact(String subject, String owner, String group, String kind, Slots slots)
      implements Fact {
    @Override
    public SubjectKind subjectKind() {
      return SubjectKind.RUN;
    }
  }

  record EndpointFact(String subject, String owner, String group, String kind, Slots slots)
      implements Fact {
    @Override
    public SubjectKind subjectKind() {
      return SubjectKind.ENDPOINT;
    }
  }

  record BudgetFact(String subject, String owner, String group, String kind, Slots slots)
      implements Fact {
    @Override
    public SubjectKind subjectKind() {
      return SubjectKind.BUDGET;
    }
  }
}
