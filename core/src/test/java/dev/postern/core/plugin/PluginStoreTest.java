package dev.postern.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.core.plugin.PluginStore.Installation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginStoreTest {
  @TempDir private Path folder;

  private Path root() {
    return folder.resolve("share/postern/plugins");
  }

  private PluginStore store() {
    return new PluginStore(root());
  }

  private Path jar() throws IOException {
    return PluginProject.auth("acme", "acme").build(folder.resolve("from"), "acme-1.2.3");
  }

  private static Path zip(Path zip, String entry, Path content) throws IOException {
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.putNextEntry(new ZipEntry("README"));
      out.putNextEntry(new ZipEntry(entry));
      out.write(Files.readAllBytes(content));
    }
    return zip;
  }

  private PluginFault refused(Path file) {
    PluginFault fault = catchThrowableOfType(PluginFault.class, () -> store().install(file));
    assertThat(leftovers()).isEmpty();
    return fault;
  }

  private List<Path> leftovers() {
    try (Stream<Path> entries = Files.list(root())) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith(".")).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root().resolve(name)));
  }

  @Test
  void aJarIsInstalledForItsOwnerAlone() throws Exception {
    Path jar = jar();
    Installation installed = store().install(jar);
    assertThat(installed.plugin().id()).isEqualTo("acme");
    assertThat(installed.plugin().location()).isEqualTo(root().resolve("acme").toString());
    assertThat(installed.sha256())
        .isEqualTo(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar))));
    assertThat(permissions("acme/acme-1.2.3.jar")).isEqualTo("rw-------");
    assertThat(permissions("")).isEqualTo("rwx------");
    assertThat(permissions("acme")).isEqualTo("rwx------");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aZipOfJarsIsInstalledAndCannotChooseItsPlace() throws Exception {
    Path zip = zip(folder.resolve("acme.zip"), "../../acme/acme.jar", jar());
    assertThat(store().install(zip).plugin().isSound()).isTrue();
    assertThat(permissions("acme/acme.jar")).isEqualTo("rw-------");
    assertThat(folder.resolve("share/acme")).doesNotExist();
  }

  @Test
  void whatIsInstalledIsNotReplaced() throws Exception {
    store().install(jar());
    assertThat(refused(jar()))
        .hasMessage(
            "the plugin acme is installed already, in %s; remove it first: postern plugins remove acme",
            root().resolve("acme"));
  }

  @Test
  void anotherCommandIsNamedAsItIs() throws Exception {
    store().install(jar());
    assertThatThrownBy(() -> new PluginStore(root(), "acme-ssh").install(jar()))
        .hasMessageEndingWith("; remove it first: acme-ssh plugins remove acme");
  }

  @Test
  void theDigestIsShownAndComparedBeforeAnythingIsLoaded() throws Exception {
    Path witness = folder.resolve("loaded");
    PluginProject project = PluginProject.auth("eager", "eager");
    project.source(
        "acme.eager.Provider",
        PluginProject.authProvider("eager", "return new Strategy(config);")
            .replace(
                "public String type()",
                "static { try { java.nio.file.Files.createFile(java.nio.file.Path.of(\"%s\")); } catch (java.io.IOException e) { throw new IllegalStateException(e); } } public String type()"
                    .formatted(witness)));
    Path jar = project.build(folder.resolve("from"), "eager");
    String digest = PluginStore.sha256(jar);
    String other = "0".repeat(64);
    List<String> shown = new ArrayList<>();
    assertThatThrownBy(() -> store().install(jar, Optional.of(other), shown::add))
        .hasMessage(
            "%s has the SHA-256 %s and not %s; nothing of it was loaded. Get the file again, or ask who made it for its digest",
            jar, digest, other);
    assertThat(shown).containsExactly(digest);
    assertThat(witness).doesNotExist();
    assertThat(leftovers()).isEmpty();
    assertThat(root().resolve("eager")).doesNotExist();
    store()
        .install(
            jar,
            Optional.of(digest.toUpperCase(java.util.Locale.ROOT)),
            known -> assertThat(witness).doesNotExist());
    assertThat(witness).exists();
  }

  @Test
  void whatWouldNotWorkIsNotInstalled() throws Exception {
    Path level =
        PluginProject.auth("late", "late")
            .attribute("Postern-Plugin-Api", "9.1")
            .build(folder.resolve("from"), "late");
    assertThat(refused(level).code().id()).isEqualTo("PST-P007");
    Path broken =
        PluginProject.auth("bad", "bad")
            .service("dev.postern.api.auth.AuthStrategyProvider", "acme.bad.Gone")
            .build(folder.resolve("from"), "bad");
    assertThat(refused(broken))
        .hasMessage(
            "the plugin bad 1.2.3 (%s) is broken: the class acme.bad.Gone, which META-INF/services names, is missing",
            broken);
    assertThat(root().resolve("bad")).doesNotExist();
  }

  @Test
  void whatIsNoPluginIsNotInstalled() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
    assertThat(refused(text))
        .hasMessage("%s is neither a .jar nor a .zip of jars, which plugins come in", text);
    Path empty = zip(folder.resolve("empty.zip"), "notes.txt", text);
    assertThat(refused(empty).code().id()).isEqualTo("PST-P006");
    Path absent = folder.resolve("absent.jar");
    assertThat(refused(absent)).hasMessage("%s cannot be read: %s", absent, absent);
  }

  @Test
  void aPluginIsRemovedByItsIdAndABrokenOneByItsFolder() throws Exception {
    store().install(jar());
    Files.createDirectories(root().resolve("husk"));
    assertThat(store().remove("acme")).isEqualTo(root().resolve("acme"));
    assertThat(root().resolve("acme")).doesNotExist();
    store().remove("husk");
    assertThat(root()).isEmptyDirectory();
  }

  @Test
  void whatIsNotInstalledCannotBeRemoved() throws Exception {
    store().install(jar());
    PluginFault fault = catchThrowableOfType(PluginFault.class, () -> store().remove("acmee"));
    assertThat(fault)
        .hasMessage(
            "no plugin 'acmee' is installed in %s. Did you mean 'acme'? Installed: acme", root());
    assertThat(fault.code().id()).isEqualTo("PST-P017");
  }
}
