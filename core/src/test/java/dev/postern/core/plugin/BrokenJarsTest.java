package dev.postern.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postern.api.ApiLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Folders and jars that are broken, built for real: what is said of them. */
final class BrokenJarsTest extends BrokenPluginRig {
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
  void aFolderThatOthersMayWrite() throws IOException {
    bad().build(folder(), "bad");
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxr-x"));
    assertThat(listed())
        .containsExactly(
            "others may write bad, and code from there would see secrets; nothing of it was loaded. Take the right away: chmod go-w bad [PST-P014]");
  }

  @Test
  void aFolderOrAJarOfSomebodyElse() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
    bad().build(folder(), "bad");
    UserPrincipal nobody =
        jar().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    UserPrincipal root = Files.getOwner(jar());
    Files.setOwner(jar(), nobody);
    assertThat(listed())
        .containsExactly(
            "bad/bad.jar belongs to nobody, neither to you nor to root, and code from there would see secrets; nothing of it was loaded. Install it yourself, or give it to root [PST-P014]");
    Files.setOwner(jar(), root);
    Files.setOwner(folder(), nobody);
    assertThat(listed())
        .containsExactly(
            "bad belongs to nobody, neither to you nor to root, and code from there would see secrets; nothing of it was loaded. Install it yourself, or give it to root [PST-P014]");
  }

  @Test
  void aJarThatOthersMayWrite() throws IOException {
    bad().build(folder(), "bad");
    Files.setPosixFilePermissions(jar(), PosixFilePermissions.fromString("rw-r--rw-"));
    assertThat(listed())
        .containsExactly(
            "others may write bad/bad.jar, and code from there would see secrets; nothing of it was loaded. Take the right away: chmod go-w bad/bad.jar [PST-P014]");
  }
}
