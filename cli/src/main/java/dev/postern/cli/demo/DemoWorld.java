package dev.postern.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.KeyKind;
import dev.postern.testkit.server.ServerRound;
import dev.postern.testkit.server.ServerRound.Ask;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The servers and files of the demo, made for it and gone after it. */
public final class DemoWorld implements AutoCloseable {
  private static final String SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

  private final DemoFolder folder;
  private final EmbeddedServer bastion;
  private final EmbeddedServer inner;
  private final HttpServer page;

  private DemoWorld(
      DemoFolder folder, EmbeddedServer bastion, EmbeddedServer inner, HttpServer page) {
    this.folder = folder;
    this.bastion = bastion;
    this.inner = inner;
    this.page = page;
  }

  public static DemoWorld start() throws IOException {
    DemoFolder folder = DemoFolder.create();
    KeyPair key = KeyKind.ED25519.generate();
    folder.file("id_app", pem(key));
    folder.file("alice.seed", SEED + "\n");
    HttpServer page =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    page.createContext(
        "/",
        exchange -> {
          byte[] text = "three orders are waiting\n".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    page.start();
    Instant started = Instant.now();
    DemoWorld world =
        new DemoWorld(
            folder,
            EmbeddedServer.builder("alice")
                .conversation(
                    ServerRound.of(
                        Ask.hidden("Password: ", "open sesame"),
                        new Ask("Verification code: ", true, DemoWorld::isCode)))
                .start(),
            EmbeddedServer.builder("app")
                .hostKey(KeyKind.ED25519)
                .publicKey(key.getPublic())
                .command(
                    (line, input, output, error) -> {
                      long seconds = Duration.between(started, Instant.now()).toSeconds();
                      output.write(
                          "up %d seconds, asked: %s%n".formatted(seconds, line).getBytes(UTF_8));
                      return 0;
                    })
                .start(),
            page);
    world.writeConfiguration();
    return world;
  }

  /** The password of the bastion; the configuration names the variable that holds it. */
  public String password() {
    return "open sesame";
  }

  public Path configuration() {
    return folder.path().resolve("postern.conf");
  }

  /** The inner server alone, as {@code ssh} would be told of it. */
  public List<String> innerServer() {
    return List.of(
        "-o",
        "UserKnownHostsFile=" + folder.path().resolve("known_hosts"),
        "-o",
        "IdentityAgent=none",
        "-i",
        folder.path().resolve("id_app").toString(),
        "-p",
        String.valueOf(inner.port()),
        "app@127.0.0.1");
  }

  private static boolean isCode(String answer) {
    // A second Postern would be refused the code that the first one used; this one stands for the
    // bastion, which does not remember.
    Instant now = Instant.now();
    return Arrays.asList(now, now.minusSeconds(30)).stream()
        .anyMatch(moment -> DemoCode.at(SEED, moment).equals(answer));
  }

  private void writeConfiguration() throws IOException {
    folder.file("known_hosts", bastion.knownHostsLine() + "\n" + inner.knownHostsLine() + "\n");
    folder.file(
        "postern.conf",
        """
        postern {
          defaults { known-hosts = ["%1$s/known_hosts"] }
          routes.orders {
            hops = [
              { host = 127.0.0.1, port = %2$d, user = alice
                auth = [ { type = password, password = { env = BASTION_PASSWORD } }
                         { type = totp, secret = { file = "%1$s/alice.seed" } } ] }
              { host = 127.0.0.1, port = %3$d, user = app
                auth = [ { type = publickey, identities = ["%1$s/id_app"], agent = false } ] }
            ]
            forwards = [ { local = "127.0.0.1:0", remote = "localhost:%4$d" } ]
          }
        }
        """
            .formatted(folder.path(), bastion.port(), inner.port(), page.getAddress().getPort()));
  }

  private static String pem(KeyPair key) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  @Override
  public void close() throws IOException {
    page.stop(0);
    inner.close();
    bastion.close();
    folder.close();
  }
}
