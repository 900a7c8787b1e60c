package dev.postern.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
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
  @ArchTest
  static final ArchRule MINA_STAYS_IN_SSHD =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.postern.core.sshd..", "dev.postern.testkit..")
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
          .resideOutsideOfPackage("dev.postern.core.config..")
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
                  "java..", "javax..", "dev.postern.api..", "org.jspecify.annotations.."))
          .because("a plugin author's view has no dependencies");

  @ArchTest
  static final ArchRule NOTHING_PUBLIC_KNOWS_CORE_BUT_THE_ENTRANCE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.postern.circuit..",
              "dev.postern.route..",
              "dev.postern.problem..",
              "dev.postern.plugin..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.postern.core..");

  @ArchTest
  static final ArchRule SSHD_IS_WIRED_BY_NOBODY_ELSE =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.postern.core.sshd..", "dev.postern.core.wire..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.postern.core.sshd..");

  @ArchTest
  static final ArchRule ROOMS_HAVE_NO_CYCLES =
      slices().matching("dev.postern.(core.*)..").should().beFreeOfCycles();

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
                  "dev.postern.route..",
                  "dev.postern.problem.."))
          .should()
          .notHaveRawReturnType(
              resideInAnyPackage("com.google..", "org.apache..", "com.typesafe.."));
}
