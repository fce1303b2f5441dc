package dev.reeve.model;

/**
 * What a source knows of a GPU or MIG instance besides its readings; empty text where it is silent.
 *
 * @param id the GPU's UUID, with {@code /GI} behind it for a MIG instance
 * @param index the source's own number for it; not an identity
 * @param node host name as the source gives it
 * @param memoryBytes whole memory of the device; 0 where unknown
 */
public record Device(
    SubjectId id, String model, String index, String node, String migProfile, long memoryBytes) {
  /** UUID of the board that carries the device. */
  public String board() {
    int slash = id.key().indexOf('/');
    return slash < 0 ? id.key() : id.key().substring(0, slash);
  }

  public boolean mig() {
    return !migProfile.isEmpty();
  }
}
