package dev.postern.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.api.auth.AuthStrategyProvider;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Providers that are broken, built for real: what is said of them. */
final class BrokenProvidersTest extends BrokenPluginRig {
  @Test
  void aLibraryThatIsMissing() throws IOException {
    Path library =
        new PluginProject()
            .source("vault.Client", "public class Client {}")
            .build(plugins.resolve(".elsewhere"), "vault");
    badWith("private final vault.Client client = new vault.Client();")
        .library(library)
        .build(folder(), "bad");
    assertThat(used())
        .isEqualTo(
            "the plugin bad 1.2.3 (bad/bad.jar) is broken: the class vault.Client is missing; put the jar that has it into the plugin's folder [PST-P010]");
  }

  @Test
  void aClassOfTheHostThatPluginsDoNotSee() throws IOException {
    Path core = Path.of(Origin.place(PluginRegistry.class));
    badWith("private final Object entrance = dev.postern.Postern.builder();")
        .library(core)
        .build(folder(), "bad");
    assertThat(used())
        .isEqualTo(
            "the plugin bad 1.2.3 (bad/bad.jar) is broken: the class dev.postern.Postern is missing; plugins see the JDK, dev.postern.api and SLF4J, and nothing else of the host [PST-P010]");
  }

  @Test
  void aProviderThatTheServicesFileNamesInVain() throws IOException {
    bad().service(SERVICE, "acme.bad.Gone").build(folder(), "bad");
    assertThat(used())
        .isEqualTo(
            "the plugin bad 1.2.3 (bad/bad.jar) is broken: the class acme.bad.Gone, which META-INF/services names, is missing [PST-P010]");
  }

  @Test
  void aProviderThatIsAbstract() throws IOException {
    bad()
        .source(
            "acme.bad.Provider",
            PluginProject.authProvider("bad", "return new Strategy(config);")
                .replace("public final class Provider", "public abstract class Provider"))
        .build(folder(), "bad");
    assertThat(used())
        .isEqualTo(
            "the plugin bad 1.2.3 (bad/bad.jar) is broken: acme.bad.Provider is abstract, an interface or an enum [PST-P011]");
  }

  @Test
  void aProviderThatIsNone() throws IOException {
    bad().source("acme.bad.Provider", "public final class Provider {}").build(folder(), "bad");
    assertThat(used())
        .isEqualTo(
            "the plugin bad 1.2.3 (bad/bad.jar) is broken: acme.bad.Provider does not implement the extension point that META-INF/services names it for [PST-P011]");
  }

  @Test
  void aProviderWithoutAnEmptyConstructor() throws IOException {
    badWith("public Provider(int wanted) {}").build(folder(), "bad");
    assertThat(used())
        .isEqualTo(
            "the plugin bad 1.2.3 (bad/bad.jar) is broken: acme.bad.Provider has no public constructor without arguments; it must be a public class, and a static one if it is nested [PST-P011]");
  }

  @Test
  void aConstructorThatThrows() throws IOException {
    badWith("public Provider() { throw new IllegalStateException(\"no licence\"); }")
        .build(folder(), "bad");
    assertThat(used())
        .isEqualTo(
            "the plugin bad 1.2.3 (bad/bad.jar) is broken: the constructor of acme.bad.Provider failed with java.lang.IllegalStateException: no licence [PST-P012]");
  }

  @Test
  void aStaticInitialiserThatThrows() throws IOException {
    badWith("static final int X = Integer.parseInt(\"x\");").build(folder(), "bad");
    assertThat(used())
        .startsWith("the plugin bad 1.2.3 (bad/bad.jar) is broken: ")
        .contains("java.lang.ExceptionInInitializerError");
  }

  @Test
  void aTypeThatItDoesNotHave() throws IOException {
    bad()
        .source(
            "acme.bad.Provider",
            PluginProject.authProvider("other", "return new Strategy(config);"))
        .build(folder(), "bad");
    assertThat(used())
        .isEqualTo(
            "the plugin bad 1.2.3 (bad/bad.jar) says that it provides auth:bad, and no provider in META-INF/services/dev.postern.api.auth.AuthStrategyProvider has that type [PST-P013]");
    assertThat(listed())
        .contains(
            "the plugin bad 1.2.3 (bad/bad.jar) has a provider of auth:other that its manifest does not name; add it to Postern-Plugin-Provides [PST-P013]");
  }

  @Test
  void aConfigTypeThatIsNoRecord() throws IOException {
    bad()
        .source(
            "acme.bad.Provider",
            """
            import dev.postern.api.auth.*;
            import dev.postern.api.hop.*;

            @SuppressWarnings({"rawtypes", "unchecked"})
            public final class Provider implements AuthStrategyProvider {
              public String type() { return "bad"; }
              public Class configType() { return String.class; }
              public AuthStrategy create(Record config, HopContext hop) { return null; }
            }
            """)
        .build(folder(), "bad");
    assertThat(used())
        .isEqualTo(
            "the plugin bad 1.2.3 (bad/bad.jar) is broken: configType of 'bad' is java.lang.String, which is no record [PST-P015]");
  }

  @Test
  void createThatHangs() throws Exception {
    bad()
        .source(
            "acme.bad.Provider",
            PluginProject.authProvider(
                "bad",
                "while (!Thread.interrupted()) { Thread.onSpinWait(); } return new Strategy(config);"))
        .build(folder(), "bad");
    assertThat(created().getMessage().replace(plugins + "/", ""))
        .startsWith(
            "the plugin bad 1.2.3 (bad/bad.jar) is broken: create of 'bad' did not return within 5 s (it is in ")
        .endsWith("; it must do no I/O and wait for nothing");
    assertThat(created().code().id()).isEqualTo("PST-P016");
  }

  @Test
  void createThatThrowsOrReturnsNothing() throws Exception {
    bad()
        .source(
            "acme.bad.Provider",
            PluginProject.authProvider("bad", "throw new IllegalStateException(\"no luck\");"))
        .build(folder(), "bad");
    assertThat(created().getMessage().replace(plugins + "/", ""))
        .isEqualTo(
            "the plugin bad 1.2.3 (bad/bad.jar) is broken: create of 'bad' failed with java.lang.IllegalStateException: no luck");
    bad()
        .source("acme.bad.Provider", PluginProject.authProvider("bad", "return null;"))
        .build(folder(), "bad");
    assertThat(created().getMessage().replace(plugins + "/", ""))
        .isEqualTo("the plugin bad 1.2.3 (bad/bad.jar) is broken: create of 'bad' returned null");
  }

  private PluginFault created() throws Exception {
    discover();
    AuthStrategyProvider<?> provider = registry.auth().find("bad").orElseThrow();
    return catchThrowableOfType(PluginFault.class, () -> create(provider));
  }

  private static <C extends Record> void create(AuthStrategyProvider<C> provider) throws Exception {
    var constructor = provider.configType().getDeclaredConstructor(String.class);
    constructor.setAccessible(true);
    provider.create(constructor.newInstance("hello"), null);
  }
}
