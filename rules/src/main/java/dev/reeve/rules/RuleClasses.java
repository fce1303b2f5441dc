package dev.reeve.rules;

/**
 * Defines the classes of one rule set from the very bytes that were verified. Each set has a loader
 * of its own, because the engine names classes by package only; both go when the set goes.
 */
final class RuleClasses extends ClassLoader {
  private final CompiledRules compiled;

  RuleClasses(CompiledRules compiled) {
    super("reeve-rules", RuleClasses.class.getClassLoader());
    this.compiled = compiled;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = compiled.classNamed(name);
    if (bytes.length == 0) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }
}
