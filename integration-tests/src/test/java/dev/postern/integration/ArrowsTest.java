package dev.postern.integration;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between rooms, as the design draws them. */
@AnalyzeClasses(packages = "dev.postern", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArrowsTest {
  private static final String[] PLUGINS_MAY_SEE = {
    "dev.postern.api..", "dev.postern.auth..", "dev.postern.transport.."
  };

  @ArchTest
  static final ArchRule MINA_STAYS_IN_SSHD =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.postern.core.sshd..", "dev.postern.testkit..", "dev.postern.auth.publickey..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.sshd..")
          .because("only one room may have to change with MINA");

  @ArchTest
  static final ArchRule GUICE_STAYS_IN_WIRE =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.postern.core.wire..", "dev.postern.guice..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.inject..")
          .because("nobody but an application on Guice sees Guice");

  @ArchTest
  static final ArchRule HOCON_STAYS_IN_CONFIG =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.postern.core.config..", "dev.postern.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.typesafe.config..")
          .because("plugins get records, library users get values");

  @ArchTest
  static final ArchRule API_KNOWS_ONLY_THE_JDK =
      noClasses()
          .that()
          .resideInAPackage("dev.postern.api..")
          .should()
          .dependOnClassesThat(
              resideOutsideOfPackages(
                  "java..",
                  "javax..",
                  "dev.postern.api..",
                  "org.jspecify.annotations..",
                  "org.apiguardian.api.."))
          .because("a plugin author's view has no dependencies");

  @ArchTest
  static final ArchRule PLUGINS_SEE_ONLY_API =
      noClasses()
          .that()
          .resideInAnyPackage("dev.postern.auth..", "dev.postern.transport..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.postern..").and(resideOutsideOfPackages(PLUGINS_MAY_SEE)))
          .because("a plugin that needs more shows that the API lacks it");

  @ArchTest
  static final ArchRule PLUGINS_USE_NO_LIBRARY_OF_CORES =
      noClasses()
          .that()
          .resideInAnyPackage("dev.postern.auth..", "dev.postern.transport..")
          .should()
          .dependOnClassesThat(
              resideOutsideOfPackages(
                      "java..", "javax..", "dev.postern..", "org.jspecify.annotations..")
                  .and(resideOutsideOfPackage("org.apache.sshd.common..")))
          .because("each is built from its own folder");

  @ArchTest
  static final ArchRule ONLY_PUBLICKEY_READS_KEYS_WITH_MINA =
      noClasses()
          .that()
          .resideInAnyPackage("dev.postern.auth..", "dev.postern.transport..")
          .and()
          .resideOutsideOfPackage("dev.postern.auth.publickey..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.sshd..");

  @ArchTest
  static final ArchRule PLUGINS_DO_NOT_KNOW_EACH_OTHER =
      slices().matching("dev.postern.(auth|transport).(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule ONLY_CLI_KNOWS_THE_TESTKIT =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.postern.testkit..", "dev.postern.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.postern.testkit..")
          .because("it is for tests and for the demo");

  @ArchTest
  static final ArchRule NOTHING_PUBLIC_KNOWS_CORE_BUT_THE_ENTRANCE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.postern.circuit..",
              "dev.postern.sftp..",
              "dev.postern.route..",
              "dev.postern.fleet..",
              "dev.postern.problem..",
              "dev.postern.event..",
              "dev.postern.plugin..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.postern.core..");

  @ArchTest
  static final ArchRule RECORDINGS_STAY_IN_JFR =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.postern.core.jfr..", "dev.postern.testkit..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.jfr..")
          .because("a Java may be without them");

  @ArchTest
  static final ArchRule METERS_SEE_WHAT_EVERYBODY_SEES =
      noClasses()
          .that()
          .resideInAPackage("dev.postern.micrometer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.postern.core..", "dev.postern.cli..");

  @ArchTest
  static final ArchRule SOCKETS_STAND_ON_THE_ENTRANCE =
      noClasses()
          .that()
          .resideInAPackage("dev.postern.socket..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.postern.core..", "dev.postern.cli..")
                  .and(resideOutsideOfPackage("dev.postern.core.socket..")))
          .because("they open routes as any library user does");

  @ArchTest
  static final ArchRule NOTHING_KNOWS_THE_COMMAND =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.postern.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.postern.cli..");

  @ArchTest
  static final ArchRule SSHD_IS_WIRED_BY_NOBODY_ELSE =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.postern.core.sshd..", "dev.postern.core.wire..", "dev.postern.testkit.server..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.postern.core.sshd..")
          .because("others see its interfaces; the testkit's server borrows its ed25519");

  @ArchTest
  static final ArchRule POST_QUANTUM_IS_CORES =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.postern.core.sshd..", "dev.postern.postquantum..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.postern.postquantum..")
          .because("the library in it stays hidden");

  @ArchTest
  static final ArchRule ROOMS_HAVE_NO_CYCLES =
      slices().matching("dev.postern.(core.*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ROOMS_OF_THE_COMMAND_HAVE_NO_CYCLES =
      slices().matching("dev.postern.(cli.*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PUBLIC_SIGNATURES_SHOW_NO_LIBRARY =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat(
              resideInAnyPackage(
                  "dev.postern",
                  "dev.postern.circuit..",
                  "dev.postern.sftp..",
                  "dev.postern.route..",
                  "dev.postern.fleet..",
                  "dev.postern.problem.."))
          .should()
          .notHaveRawReturnType(
              resideInAnyPackage("com.google..", "org.apache..", "com.typesafe.."));
}
