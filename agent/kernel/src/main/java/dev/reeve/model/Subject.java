package dev.reeve.model;

import java.util.Optional;

/**
 * What is known now of one thing that can be judged, with its windows in the slots of the rule set
 * that is in force.
 */
public sealed interface Subject {
  SubjectId id();

  /** Which one it is: evidence is bound to it. */
  String incarnation();

  Slots slots();

  Cost cost();

  /** What rules see of it. */
  Fact fact();

  /**
   * A workload's incarnation.
   *
   * @param sighting as its platform shows it, with its declarations merged in
   * @param attribution whether two sources, or two polls of one, agree on its devices; else why not
   * @param sick signs of sickness on its devices within the last day; empty text where none was
   *     seen
   */
  record Workload(
      WorkloadSighting sighting, Attribution attribution, Cost cost, Slots slots, String sick)
      implements Subject {
    @Override
    public SubjectId id() {
      return sighting.subject();
    }

    @Override
    public String incarnation() {
      return sighting.incarnation().uid();
    }

    @Override
    public Fact fact() {
      return Fact.of(
          SubjectKind.WORKLOAD,
          id().key(),
          sighting.owner(),
          sighting.group(),
          sighting.kind().text(),
          slots);
    }
  }

  /** Whether claims are good enough for more than a notice. */
  sealed interface Attribution {
    record Agreed() implements Attribution {}

    /**
     * @param reason in words, for people
     */
    record Unsure(String reason) implements Attribution {}
  }

  /**
   * A GPU or MIG instance.
   *
   * @param holder the one workload that holds it; empty where none or several do, or it is unknown
   * @param bootId the machine's boot, with the UUID its incarnation
   */
  record Gpu(
      Device device,
      String bootId,
      Optional<SubjectId> holder,
      Holding.Answer holding,
      Cost cost,
      Slots slots)
      implements Subject {
    @Override
    public SubjectId id() {
      return device.id();
    }

    @Override
    public String incarnation() {
      return device.id().key() + "@" + bootId;
    }

    @Override
    public Fact fact() {
      return Fact.of(
          SubjectKind.GPU, id().key(), holder.map(SubjectId::key).orElse(""), "", "", slots);
    }
  }

  /** A training run, tied to the incarnation of the workload that reports it. */
  record Run(SubjectId id, SubjectId workload, Cost cost, Slots slots) implements Subject {
    @Override
    public String incarnation() {
      return workload.key();
    }

    @Override
    public Fact fact() {
      return Fact.of(SubjectKind.RUN, id.key(), workload.key(), "", "", slots);
    }
  }

  /** A machine. */
  record Node(SubjectId id, String incarnation, Cost cost, Slots slots) implements Subject {
    @Override
    public Fact fact() {
      return Fact.of(SubjectKind.NODE, id.key(), "", "", "", slots);
    }
  }

  /** Something that serves requests, owned by a workload. */
  record Endpoint(SubjectId id, SubjectId workload, String incarnation, Cost cost, Slots slots)
      implements Subject {
    @Override
    public Fact fact() {
      return Fact.of(SubjectKind.ENDPOINT, id.key(), workload.key(), "", "", slots);
    }
  }

  /** Money that a group may spend in a period. */
  record Budget(SubjectId id, String group, String incarnation, Cost cost, Slots slots)
      implements Subject {
    @Override
    public Fact fact() {
      return Fact.of(SubjectKind.BUDGET, id.key(), "", group, "", slots);
    }
  }
}
