package dev.postern.auth.publickey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.testkit.contract.PackagedPlugin;
import dev.postern.testkit.contract.PackagedPluginContract;
import dev.postern.testkit.server.Attempt;
import dev.postern.testkit.server.EmbeddedServer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.sshd.common.config.keys.loader.openssh.kdf.BCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a folder of its own the plugin brings the library that it uses. */
final class PackagedIT extends PackagedPluginContract {
  private static final Path TARGET = Path.of("target");

  @TempDir Path folder;

  @Override
  protected PackagedPlugin plugin() throws IOException {
    return packed(ownJar(), place(BCrypt.class));
  }

  private static PackagedPlugin packed(Path... jars) throws IOException {
    Path zip = TARGET.resolve("packaged-it.zip");
    try (ZipOutputStream all = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Path jar : jars) {
        all.putNextEntry(new ZipEntry(jar.getFileName().toString()));
        Files.copy(jar, all);
      }
    }
    return PackagedPlugin.of(zip);
  }

  private static Path ownJar() throws IOException {
    try (var files = Files.newDirectoryStream(TARGET, "postern-auth-publickey-*.jar")) {
      return files.iterator().next();
    }
  }

  private static Path place(Class<?> type) throws IOException {
    URL place = type.getProtectionDomain().getCodeSource().getLocation();
    try {
      return Path.of(place.toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  @Test
  void anEncryptedKeyOpensWithTheLibraryInItsFolder() throws Exception {
    try (PackagedPlugin plugin = plugin()) {
      signIn(plugin);
    }
  }

  @Test
  void withoutTheLibraryTheHopStopsAndNamesTheClass() throws Exception {
    try (PackagedPlugin plugin = packed(ownJar())) {
      assertThatThrownBy(() -> signIn(plugin))
          .isInstanceOf(CircuitException.class)
          .hasMessageContaining("the strategy 'publickey' of the plugin auth-publickey")
          .hasMessageContaining(
              "is broken: it failed with java.lang.NoClassDefFoundError: %s; no other strategy was tried in its place [PST-A005]",
              BCrypt.class.getName().replace('.', '/'));
    }
  }

  private void signIn(PackagedPlugin plugin) throws Exception {
    Tools.assumeInstalled("ssh-keygen");
    Path key = Tools.encrypted(folder.resolve("id_alice"));
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice").publicKey(Tools.publicKey(key).bytes()).start();
        Postern postern = plugin.postern().configuration(route(server, key)).build();
        Circuit circuit = postern.open("it")) {
      assertThat(server.attempts()).extracting(Attempt::outcome).contains(Attempt.Outcome.ACCEPTED);
    }
  }

  private Path route(EmbeddedServer server, Path key) throws IOException {
    Files.writeString(folder.resolve("known_hosts"), server.knownHostsLine() + "\n");
    return Files.writeString(
        folder.resolve("postern.conf"),
        """
        postern {
          defaults { known-hosts = ["%s"] }
          routes.it.hops = [
            { host = "%s", port = %d, user = alice
              auth = [ { type = publickey, identities = ["%s"], passphrase = "open sesame", agent = false } ] }
          ]
        }
        """
            .formatted(
                folder.resolve("known_hosts"),
                server.endpoint().host(),
                server.endpoint().port(),
                key));
  }
}
