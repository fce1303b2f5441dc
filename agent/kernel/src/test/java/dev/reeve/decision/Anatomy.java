package dev.reeve.decision;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything that an object holds, by reflection: what nobody thought of is seen too. */
final class Anatomy {
  private final List<String> picture = new ArrayList<>();
  private final Map<String, Set<String>> seen = new TreeMap<>();
  private final Set<Class<?>> kinds;
  private final Set<Class<?>> sealed;

  private Anatomy(Set<Class<?>> kinds, Set<Class<?>> sealed) {
    this.kinds = kinds;
    this.sealed = sealed;
  }

  /** All values, one a line, in their order. */
  static List<String> picture(Object root) {
    Anatomy anatomy = new Anatomy(byName(), byName());
    anatomy.look(root.getClass().getSimpleName(), root);
    return anatomy.picture;
  }

  /** What there was of a number of objects. */
  static final class Census {
    private final Map<String, Set<String>> seen = new TreeMap<>();
    private final Set<Class<?>> kinds = byName();
    private final Set<Class<?>> sealed = byName();

    void count(Object root) {
      Anatomy anatomy = new Anatomy(kinds, sealed);
      anatomy.look(root.getClass().getSimpleName(), root);
      anatomy.seen.forEach(
          (field, values) -> seen.computeIfAbsent(field, _ -> new TreeSet<>()).addAll(values));
    }

    /** Fields that never had two different values. */
    List<String> constant() {
      return seen.entrySet().stream()
          .filter(entry -> entry.getValue().size() < 2)
          .map(Map.Entry::getKey)
          .toList();
    }

    /** Kinds of a sealed type that never were there. */
    List<String> absent() {
      return sealed.stream()
          .flatMap(type -> List.of(type.getPermittedSubclasses()).stream())
          .filter(kind -> !kinds.contains(kind))
          .map(Class::getName)
          .toList();
    }
  }

  private static Set<Class<?>> byName() {
    return new TreeSet<>((one, other) -> one.getName().compareTo(other.getName()));
  }

  private void look(String at, Object value) {
    switch (value) {
      case Optional<?> optional -> looks(at, optional.stream().toList());
      case OptionalLong optional ->
          picture.add(at + "=" + (optional.isPresent() ? optional.getAsLong() : "-"));
      case Map<?, ?> map -> {
        looks(at + " keys", map.keySet());
        looks(at + " values", map.values());
      }
      case Collection<?> all -> looks(at, all);
      default -> {
        if (value.getClass().getName().startsWith("dev.reeve") && !value.getClass().isEnum()) {
          fields(at, value);
        } else {
          picture.add(at + "=" + value);
        }
      }
    }
  }

  private void looks(String at, Collection<?> all) {
    picture.add(at + " has " + all.size());
    all.forEach(one -> look(at, one));
  }

  private void fields(String at, Object value) {
    Class<?> kind = value.getClass();
    kinds.add(kind);
    picture.add(at + " is " + kind.getSimpleName());
    for (Field field : kind.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        types(field.getGenericType());
        int before = picture.size();
        look(field.getName(), get(field, value));
        String name = kind.getName().substring(kind.getPackageName().length() + 1);
        seen.computeIfAbsent(name + "." + field.getName(), _ -> new TreeSet<>())
            .add(String.join("\n", picture.subList(before, picture.size())));
      }
    }
  }

  private static Object get(Field field, Object value) {
    try {
      field.setAccessible(true);
      return field.get(value);
    } catch (IllegalAccessException closed) {
      throw new AssertionError(closed);
    }
  }

  private void types(Type type) {
    switch (type) {
      case ParameterizedType of -> List.of(of.getActualTypeArguments()).forEach(this::types);
      case Class<?> plain when plain.isSealed() -> sealed.add(plain);
      default -> {}
    }
  }
}
