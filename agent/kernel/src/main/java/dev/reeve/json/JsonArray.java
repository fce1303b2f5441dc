package dev.reeve.json;

import java.util.Iterator;
import java.util.List;

/// A JSON array.
public record JsonArray(List<JsonValue> elements) implements JsonValue, Iterable<JsonValue> {
  public JsonArray {
    elements = List.copyOf(elements);
  }

  public int size() {
    return elements.size();
  }

  @Override
  public Iterator<JsonValue> iterator() {
    return elements.iterator();
  }
}
