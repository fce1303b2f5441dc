package dev.reeve.loop;

import dev.reeve.model.Finding;
import dev.reeve.model.Rule;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Truth;

/** The three-valued answer of one rule for one subject, with the evidence as it stands. */
public record Judgement(Rule rule, SubjectId subject, Truth truth, Finding finding) {}
