package dev.reeve.config;

import java.util.List;

/** A key that somebody asked for. */
sealed interface Asked permits Asked.Leaf, Asked.Many, Branch {

  record Leaf(Setting setting) implements Asked {}

  record Many(List<Branch> branches) implements Asked {}
}
