package dev.postern.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.api.ApiLevel;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.problem.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of broken plugin, built for real: what is said of it, and that it hurts no other. */
final class BrokenPluginsTest {
  private static final String SERVICE = AuthStrategyProvider.class.getName();

  @TempDir private Path plugins;
  private PluginRegistry registry;

  @BeforeEach
  void aSoundPluginStandsBesides() throws IOException {
    PluginProject.auth("sound", "sound").build(plugins.resolve("sound"), "sound");
  }

  @AfterEach
  void theSoundOneWorks() {
    assertThat(registry.auth().find("sound")).isPresent();
    registry.close();
  }

  private Path folder() {
    return plugins.resolve("bad");
  }

  private Path jar() {
    return folder().resolve("bad.jar");
  }

  private static PluginProject bad() {
    return PluginProject.auth("bad", "bad");
  }

  private PluginRegistry discover() {
    registry = PluginRegistry.discover(PluginRegistry.class.getClassLoader(), List.of(plugins));
    return registry;
  }

  /** What a route is told that uses the type, without the folder of the test. */
  private String used() {
    discover();
    assertThat(registry.auth().find("bad")).isEmpty();
    return shown(registry.auth().problem("bad", "", ""));
  }

  private String shown(ConfigProblem problem) {
    return problem.toString().replace(plugins + "/", "");
  }

  private List<String> listed() {
    return discover().installed().stream()
        .filter(plugin -> !plugin.isSound())
        .map(InstalledPlugin::problems)
        .flatMap(List::stream)
        .map(this::shown)
        .toList();
  }

  @Test
  void aJarThatIsDamaged() throws IOException {
    bad().build(folder(), "bad");
    byte[] whole = Files.readAllBytes(jar());
    Files.write(jar(), Arrays.copyOf(whole, whole.length / 2));
    assertThat(listed())
        .containsExactly(
            "bad/bad.jar cannot be opened, it is damaged or no jar: zip END header not found [PST-P005]");
    assertThat(discover().problems()).hasSize(1);
  }

  @Test
  void anEntryThatIsDamaged() throws IOException {
    bad().build(folder(), "bad");
    byte[] content = Files.readAllBytes(jar());
    Arrays.fill(content, 60, 90, (byte) 0x55);
    Files.write(jar(), content);
    assertThat(listed()).isNotEmpty().allMatch(problem -> problem.endsWith("[PST-P005]"));
  }

  @Test
  void aFolderWithoutAJar() throws IOException {
    Files.createDirectories(folder());
    assertThat(listed())
        .containsExactly(
            "the plugin folder bad has no jar; put the plugin's jars there, or remove the folder [PST-P006]");
  }

  @Test
  void aJarBesideTheFoldersOfPlugins() throws IOException {
    bad().build(plugins, "bad");
    assertThat(listed())
        .containsExactly(
            "bad.jar lies in the folder of plugins itself; put it into a folder of its own there [PST-P006]");
  }

  @Test
  void jarsWithoutADescriptor() throws IOException {
    new PluginProject().source("acme.Thing", "public final class Thing {}").build(folder(), "bad");
    assertThat(listed())
        .containsExactly(
            "no jar in bad says that it is a plugin: the manifest of its main jar must have Postern-Plugin-Id, Postern-Plugin-Version, Postern-Plugin-Api, Postern-Plugin-Java and Postern-Plugin-Provides [PST-P006]");
  }

  @Test
  void aDescriptorThatIsNotWhole() throws IOException {
    bad().without("Postern-Plugin-Provides").build(folder(), "bad");
    assertThat(listed())
        .containsExactly("bad/bad.jar: its manifest has no Postern-Plugin-Provides [PST-P006]");
    bad().attribute("Postern-Plugin-Api", "one").build(folder(), "bad");
    assertThat(listed())
        .containsExactly(
            "bad/bad.jar: Postern-Plugin-Api in its manifest: 'one' is not a level such as 1.0 [PST-P006]");
    bad().attribute("Postern-Plugin-Provides", "auth:Bad Name").build(folder(), "bad");
    assertThat(listed())
        .containsExactly(
            "bad/bad.jar: Postern-Plugin-Provides in its manifest: 'Bad Name' is not of the form [a-z][a-z0-9-]* [PST-P006]");
    bad().attribute("Postern-Plugin-Id", "../up").build(folder(), "bad");
    assertThat(listed())
        .containsExactly(
            "bad/bad.jar: Postern-Plugin-Id in its manifest is not of the form [a-z][a-z0-9-]{0,63} [PST-P006]");
  }

  @Test
  void twoPluginsInOneFolder() throws IOException {
    bad().build(folder(), "bad");
    PluginProject.auth("worse", "worse").build(folder(), "worse");
    assertThat(listed())
        .containsExactly(
            "the plugin folder bad has two plugins, bad 1.2.3 in bad.jar and worse 1.2.3 in worse.jar; give each a folder of its own [PST-P006]");
  }

  @Test
  void anotherMajorLevelOfTheApi() throws IOException {
    bad().attribute("Postern-Plugin-Api", "2.0").build(folder(), "bad");
    assertThat(used())
        .isEqualTo(
            "the plugin bad 1.2.3 (bad/bad.jar) was made for API level 2.0, and this Postern has level 1.0 (%s); take a version of the plugin that was made for level 1.0 to 1.0, or a Postern whose API level is 2.0 or a later 2.x [PST-P007]"
                .formatted(Origin.place(ApiLevel.class)));
  }

  @Test
  void aLaterMinorLevelOfTheApi() throws IOException {
    bad().attribute("Postern-Plugin-Api", "1.7").build(folder(), "bad");
    assertThat(used()).contains("was made for API level 1.7, and this Postern has level 1.0");
  }

  @Test
  void aNewerJava() throws IOException {
    bad().attribute("Postern-Plugin-Java", "99").build(folder(), "bad");
    assertThat(used())
        .isEqualTo(
            "the plugin bad 1.2.3 (bad/bad.jar) needs Java 99, and this is Java %d; run a newer Java, or take a version of the plugin for this one [PST-P008]"
                .formatted(Runtime.version().feature()));
  }

  @Test
  void classesOfANewerJavaThanItSays() throws IOException {
    bad().build(folder(), "bad");
    byte[] content = Files.readAllBytes(jar());
    Path unpacked = Files.createDirectories(plugins.resolve(".unpacked"));
    new ProcessBuilder("jar", "--extract", "--file", jar().toString())
        .directory(unpacked.toFile())
        .start()
        .onExit()
        .join();
    assertThat(content).isNotEmpty();
    Path provider = unpacked.resolve("acme/bad/Provider.class");
    byte[] bytes = Files.readAllBytes(provider);
    bytes[7] = 99;
    Files.write(provider, bytes);
    new ProcessBuilder("jar", "--update", "--file", jar().toString(), "acme/bad/Provider.class")
        .directory(unpacked.toFile())
        .start()
        .onExit()
        .join();
    assertThat(used())
        .startsWith(
            "the plugin bad 1.2.3 (bad/bad.jar) is broken: it has classes for a newer Java than this one (")
        .endsWith("[PST-P008]");
  }

  @Test
  void theApiInItsOwnJar() throws IOException {
    bad()
        .source("dev.postern.api.auth.Reply", "public interface Reply {}")
        .source("acme.bad.Provider", "public final class Provider {}")
        .build(folder(), "bad");
    assertThat(listed())
        .containsExactly(
            "bad/bad.jar brings dev/postern/api/auth/Reply.class, which the host provides; leave postern-api and slf4j-api out of the plugin (scope 'provided') [PST-P009]");
  }

  @Test
  void aLibraryThatIsMissing() throws IOException {
    Path library =
        new PluginProject()
            .source("vault.Client", "public class Client {}")
            .build(plugins.resolve(".elsewhere"), "vault");
    bad()
        .library(library)
        .source(
            "acme.bad.Provider",
            PluginProject.authProvider("bad", "return new Strategy(config);")
                .replace(
                    "public String type()",
                    "private final vault.Client client = new vault.Client(); public String type()"))
        .build(folder(), "bad");
    assertThat(used())
        .isEqualTo(
            "the plugin bad 1.2.3 (bad/bad.jar) is broken: the class vault.Client is missing; put the jar that has it into the plugin's folder [PST-P010]");
  }

  @Test
  void aClassOfTheHostThatPluginsDoNotSee() throws IOException {
    Path core = Path.of(Origin.place(PluginRegistry.class));
    bad()
        .library(core)
        .source(
            "acme.bad.Provider",
            PluginProject.authProvider("bad", "return new Strategy(config);")
                .replace(
                    "public String type()",
                    "private final Object entrance = dev.postern.Postern.builder(); public String type()"))
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
    bad()
        .source(
            "acme.bad.Provider",
            PluginProject.authProvider("bad", "return new Strategy(config);")
                .replace(
                    "public String type()", "public Provider(int wanted) {} public String type()"))
        .build(folder(), "bad");
    assertThat(used())
        .isEqualTo(
            "the plugin bad 1.2.3 (bad/bad.jar) is broken: acme.bad.Provider has no public constructor without arguments; it must be a public class, and a static one if it is nested [PST-P011]");
  }

  @Test
  void aConstructorThatThrows() throws IOException {
    bad()
        .source(
            "acme.bad.Provider",
            PluginProject.authProvider("bad", "return new Strategy(config);")
                .replace(
                    "public String type()",
                    "public Provider() { throw new IllegalStateException(\"no licence\"); } public String type()"))
        .build(folder(), "bad");
    assertThat(used())
        .isEqualTo(
            "the plugin bad 1.2.3 (bad/bad.jar) is broken: the constructor of acme.bad.Provider failed with java.lang.IllegalStateException: no licence [PST-P012]");
  }

  @Test
  void aStaticInitialiserThatThrows() throws IOException {
    bad()
        .source(
            "acme.bad.Provider",
            PluginProject.authProvider("bad", "return new Strategy(config);")
                .replace(
                    "public String type()",
                    "static final int X = Integer.parseInt(\"x\"); public String type()"))
        .build(folder(), "bad");
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
  void aFolderThatOthersMayWrite() throws IOException {
    bad().build(folder(), "bad");
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxr-x"));
    assertThat(listed())
        .containsExactly(
            "others may write bad, and code from there would see secrets; nothing of it was loaded. Take the right away: chmod go-w bad [PST-P014]");
  }

  @Test
  void aJarThatOthersMayWrite() throws IOException {
    bad().build(folder(), "bad");
    Files.setPosixFilePermissions(jar(), PosixFilePermissions.fromString("rw-r--rw-"));
    assertThat(listed())
        .containsExactly(
            "others may write bad/bad.jar, and code from there would see secrets; nothing of it was loaded. Take the right away: chmod go-w bad/bad.jar [PST-P014]");
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
