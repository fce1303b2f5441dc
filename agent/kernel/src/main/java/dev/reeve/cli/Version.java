package dev.reeve.cli;

import picocli.CommandLine;

/** The version that the build wrote into the jar. */
public final class Version implements CommandLine.IVersionProvider {
  /** Of the running program; "development" when it runs from class files. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"reeve " + text() + " (Java " + Runtime.version() + ")"};
  }
}
