package dev.reeve.rules;

/**
 * What one pass may take. A pass over its limits finds nothing at all: half a judgement would act
 * on some and spare others by chance.
 *
 * @param facts subjects judged at once
 * @param firings rules that may hold in one pass, over all subjects
 */
record Limits(int facts, int firings) {
  static final Limits DEFAULT = new Limits(500_000, 500_000);
}
