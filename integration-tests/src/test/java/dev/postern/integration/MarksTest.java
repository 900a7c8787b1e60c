package dev.postern.integration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apiguardian.api.API;

/** What others may rely on says so. */
@AnalyzeClasses(packages = "dev.postern", importOptions = ImportOption.DoNotIncludeTests.class)
final class MarksTest {
  @ArchTest
  static final ArchRule PUBLIC_TYPES_CARRY_A_STATUS =
      classes()
          .that()
          .resideInAnyPackage(
              "dev.postern.api..",
              "dev.postern.testkit..",
              "dev.postern",
              "dev.postern.circuit..",
              "dev.postern.sftp..",
              "dev.postern.route..",
              "dev.postern.problem..",
              "dev.postern.plugin..",
              "dev.postern.socket..",
              "dev.postern.event..",
              "dev.postern.micrometer..",
              "dev.postern.guice..")
          .and()
          .arePublic()
          .and()
          .areTopLevelClasses()
          .should()
          .beAnnotatedWith(API.class)
          .because("docs/versioning.md promises by status: add @API(status = …, since = …)");
}
