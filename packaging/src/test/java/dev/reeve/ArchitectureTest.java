package dev.reeve;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;

/// Who may know whom. Each rule says why, because that is what one needs when it fails.
@AnalyzeClasses(
    packages = "dev.reeve",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoQuickTests.class})
final class ArchitectureTest {
  /** Tests of the quick build lie in a folder that the library does not know as theirs. */
  static final class NoQuickTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/target/quick/test-classes/");
    }
  }

  @ArchTest
  static final ArchRule modelImportsJavaOnly =
      classes()
          .that()
          .resideInAPackage("dev.reeve.model..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.reeve.model..", "java..", "org.jspecify..")
          .because("the words of Reeve must outlive every library that it uses")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyHttpKnowsVertx =
      only(
          "io.vertx..",
          "the web framework serves pages; whoever needs an answer on another path must not block"
              + " its event loop",
          "dev.reeve.http..");

  @ArchTest
  static final ArchRule onlyRulesKnowsDrools =
      only(
          "org.drools..",
          "an engine that nobody else sees can be compiled apart, reloaded and replaced",
          "dev.reeve.rules..");

  @ArchTest
  static final ArchRule onlyRulesKnowsKie =
      only(
          "org.kie..",
          "an engine that nobody else sees can be compiled apart, reloaded and replaced",
          "dev.reeve.rules..");

  @ArchTest
  static final ArchRule onlyTheEdgesCallOut =
      only(
          "okhttp3..",
          "the kernel decides on values; only the edges may wait for somebody else's server",
          "dev.reeve.platform..",
          "dev.reeve.collectors..",
          "dev.reeve.actions..");

  @ArchTest
  static final ArchRule onlyTelemetryKnowsOpenTelemetry =
      only(
          "io.opentelemetry..",
          "every metric name, unit and help stands in one place",
          "dev.reeve.telemetry..");

  @ArchTest
  static final ArchRule onlyTelemetryKnowsPrometheus =
      only(
          "io.prometheus..",
          "every metric name, unit and help stands in one place",
          "dev.reeve.telemetry..");

  @ArchTest
  static final ArchRule onlyLinuxCallsForeignFunctions =
      only(
          "java.lang.foreign..",
          "a wrong signature crashes the daemon, so all of them are read and tested together",
          "dev.reeve.linux..");

  @ArchTest
  static final ArchRule collectorsDoNotKnowEachOther =
      slices()
          .assignedFrom(new Siblings("dev.reeve.collectors", Set.of("http", "exposition")))
          .should()
          .notDependOnEachOther()
          .because("a source is added or removed without reading the others")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule actionsDoNotKnowEachOther =
      slices()
          .assignedFrom(new Siblings("dev.reeve.actions", Set.of()))
          .should()
          .notDependOnEachOther()
          .because("a platform is added or removed without reading the others")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule collectorsRulesAndActionsNeverMeet =
      slices()
          .matching("dev.reeve.(collectors|rules|actions)..")
          .should()
          .notDependOnEachOther()
          .because("data runs one way, through the kernel, as immutable values")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTimeReadsClocks =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.reeve.time..")
          .should()
          .accessTargetWhere(
              target(owner(nameMatching("java\\.time\\.(Instant|Local.*|Zoned.*|Offset.*|Year.*)")))
                  .and(target(nameMatching("now"))))
          .orShould()
          .accessTargetWhere(
              target(owner(nameMatching("java\\.time\\.(Clock|InstantSource)")))
                  .and(target(nameMatching("system.*|tick.*"))))
          .orShould()
          .accessTargetWhere(
              target(owner(nameMatching("java\\.lang\\.System")))
                  .and(target(nameMatching("currentTimeMillis|nanoTime"))))
          .because("what reads the clock by itself cannot be stepped in a test or replayed")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyMainExits =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.reeve.Main")
          .and()
          .resideOutsideOfPackage("dev.reeve.cli..")
          .should()
          .accessTargetWhere(
              target(owner(nameMatching("java\\.lang\\.(System|Runtime)")))
                  .and(target(nameMatching("exit|halt"))))
          .because(
              "who ends the process skips everybody else's shutdown: call the hook you were given")
          .allowEmptyShould(true);

  private static ArchRule only(String library, String reason, String... users) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(users)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because(reason)
        .allowEmptyShould(true);
  }

  /// The packages directly below a parent; the shared ones and the parent itself are free.
  private record Siblings(String parent, Set<String> shared) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName();
      if (!name.startsWith(parent + ".")) {
        return SliceIdentifier.ignore();
      }
      String sibling = name.substring(parent.length() + 1).replaceAll("\\..*", "");
      return shared.contains(sibling) ? SliceIdentifier.ignore() : SliceIdentifier.of(sibling);
    }

    @Override
    public String getDescription() {
      return "siblings in " + parent;
    }
  }
}
