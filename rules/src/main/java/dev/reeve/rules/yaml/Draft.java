package dev.reeve.rules.yaml;

import dev.reeve.config.Value.Mapping;

/**
 * A rule as it is written, before it is read.
 *
 * @param path of its mapping in its file
 * @param pack name and version of its pack
 * @param owner of its pack
 */
record Draft(String id, String path, String pack, String owner, Mapping mapping) {
  Draft with(Mapping changed) {
    return new Draft(id, path, pack, owner, changed);
  }
}
