package com.example.postern.connector.demo;

import com.example.postern.connector.playground.Playground;
import dev.postern.testkit.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** An API, two SSH servers and the files that lead there, made for the demo and gone after it. */
public final class DemoWorld implements AutoCloseable {
  // The same users at each start: a second run finds its rows there.
  private static final long SEED = 42;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);
  private static final List<String> FILES = List.of("id_app", "known_hosts", "postern.conf");

  private final Path folder;
  private final Playground api;
  private final EmbeddedServer bastion;
  private final EmbeddedServer inner;
  private final Thread deletion = new Thread(this::delete, "delete-demo");

  private DemoWorld(Path folder, Playground api, EmbeddedServer bastion, EmbeddedServer inner) {
    this.folder = folder;
    this.api = api;
    this.bastion = bastion;
    this.inner = inner;
    Runtime.getRuntime().addShutdownHook(deletion);
  }

  /** Starts it. */
  public static DemoWorld start() throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(3072);
    KeyPair key = generator.generateKeyPair();
    String password = UUID.randomUUID().toString();
    DemoWorld world =
        new DemoWorld(
            Files.createTempDirectory("api-connector-demo"),
            Playground.start(SEED, CLOCK),
            EmbeddedServer.builder("alice").password(password).start(),
            EmbeddedServer.builder("app").publicKey(key.getPublic()).start());
    world.write("id_app", pem(key));
    world.write(
        "known_hosts", world.bastion.knownHostsLine() + "\n" + world.inner.knownHostsLine() + "\n");
    world.write("postern.conf", world.route(password));
    return world;
  }

  /** The Postern configuration that has the route {@code demo}. */
  public Path configuration() {
    return folder.resolve("postern.conf");
  }

  /** What the API wants to see. */
  public String apiKey() {
    return api.secrets().apiKey();
  }

  private String route(String password) {
    return """
        postern {
          defaults { known-hosts = ["%1$s/known_hosts"] }
          routes.demo {
            hops = [
              { host = 127.0.0.1, port = %2$d, user = alice
                auth = [ { type = password, password = "%3$s" } ] }
              { host = 127.0.0.1, port = %4$d, user = app
                auth = [ { type = publickey, identities = ["%1$s/id_app"], agent = false } ] }
            ]
            forwards = [ { local = "127.0.0.1:0", remote = "127.0.0.1:%5$d" } ]
          }
        }
        """
        .formatted(folder, bastion.port(), password, inner.port(), api.port());
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  private static String pem(KeyPair key) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  private void delete() {
    try {
      for (String name : FILES) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // In the system's folder for what nobody needs.
    }
  }

  @Override
  public void close() throws IOException {
    inner.close();
    bastion.close();
    api.close();
    delete();
    Runtime.getRuntime().removeShutdownHook(deletion);
  }
}
