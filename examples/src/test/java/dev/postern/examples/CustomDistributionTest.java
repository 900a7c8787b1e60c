package dev.postern.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postern.examples.Outside.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The distribution of a company that forbids passwords: built, unpacked elsewhere, used. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CustomDistributionTest {
  private static final Path PROJECT = Checkout.file("examples/custom-distribution");
  private static final String ARCHIVE = "target/acme-ssh-1.0.0.tar.gz";

  private Outside assembler;
  private Path unpacked;
  @TempDir private Path folder;

  @BeforeAll
  void build(@TempDir Path place) throws Exception {
    assembler = Outside.onlineIn(place);
    Checkout.copy(Checkout.file("examples/auth-greeting"), assembler.folder().resolve("greeting"));
    Checkout.copy(PROJECT, assembler.folder().resolve("acme"));
    Checkout.copy(PROJECT, assembler.folder().resolve("again"));
    assembler.succeed(
        """
        mvn -B -q -f greeting -Dmaven.test.skip=true install
        mvn -B -q -f acme verify
        mkdir unpacked
        tar -xzf acme/target/acme-ssh-1.0.0.tar.gz -C unpacked
        """);
    unpacked = assembler.folder().resolve("unpacked/acme-ssh-1.0.0");
  }

  @Test
  void itsPomHasAtMostSixtyLines() throws Exception {
    assertThat(Files.readAllLines(PROJECT.resolve("pom.xml"))).hasSizeLessThanOrEqualTo(60);
  }

  @Test
  void itIsThePluginsThatWereChosenUnderItsOwnName() throws Exception {
    Outcome plugins = acme("plugins");
    assertThat(plugins.error()).isEmpty();
    assertThat(plugins.exitCode()).isZero();
    assertThat(plugins.output().lines().map(line -> line.split(" ")[0]))
        .containsExactlyInAnyOrder(
            "ID", "auth-greeting", "auth-publickey", "auth-totp", "postern-core", "transport-jump");
    assertThat(acme("--help").output()).startsWith("Usage: acme-ssh COMMAND");
    assertThat(acme("--version").output()).startsWith("acme-ssh 1.0.0 (postern 0.1.0");
  }

  @Test
  void aKeyOpensARouteAndAPasswordIsSaidToBeMissing() throws Exception {
    assumeTrue(canStartSshd(), "needs root and openssh-server");
    try (Sshd server = Sshd.start(folder)) {
      Path configuration =
          Files.writeString(
              folder.resolve("acme.conf"),
              """
              postern {
                defaults { known-hosts = ["%s"], user = root }
                routes.key.hops = [
                  { host = 127.0.0.1, port = %d, auth = [ { type = publickey, identities = ["%s"], agent = false } ] } ]
                routes.password.hops = [
                  { host = 127.0.0.1, port = %2$d, auth = [ { type = password, password = secret } ] } ]
              }
              """
                  .formatted(server.knownHosts(), server.port(), server.key()));
      Outcome key = acme("exec", "-F", configuration.toString(), "key", "--", "echo", "hello");
      assertThat(key.error()).isEmpty();
      assertThat(key.output()).isEqualTo("hello\n");
      Outcome destination =
          acme(
              "exec",
              "-F",
              "none",
              "-o",
              "UserKnownHostsFile=" + server.knownHosts(),
              "-i",
              server.key().toString(),
              "root@127.0.0.1:" + server.port(),
              "--",
              "echo",
              "hello");
      assertThat(destination.error()).isEmpty();
      assertThat(destination.output()).isEqualTo("hello\n");
      Outcome password = acme("exec", "-F", configuration.toString(), "password", "--", "true");
      assertThat(password.error())
          .isEqualTo(
              "acme-ssh: %s:6: routes.password.hops[0].auth[0].type: no auth plugin of type 'password' is installed. Installed: publickey, totp, greeting [PST-P001]\n"
                  .formatted(configuration));
      assertThat(password.exitCode()).isEqualTo(255);
    }
  }

  @Test
  void whoHasNoConfigurationHasItsOwn() throws Exception {
    Outcome check = acme("check");
    assertThat(check.output()).contains(unpacked + "/conf/postern.conf");
    assertThat(acme("explain", "bastion").output()).contains("bastion.acme.example");
  }

  @Test
  void itsLockHasTheDigestOfEveryPlugin() throws Exception {
    List<String> lock = Files.readAllLines(unpacked.resolve("plugins.lock"));
    assertThat(lock).hasSize(6);
    for (String line : lock.subList(1, lock.size())) {
      String[] words = line.split(" ");
      try (Stream<Path> files = Files.walk(unpacked)) {
        Path jar = files.filter(file -> file.endsWith(words[4])).findFirst().orElseThrow();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        assertThat(words[3])
            .isEqualTo(HexFormat.of().formatHex(digest.digest(Files.readAllBytes(jar))));
      }
    }
    assertThat(String.join("\n", lock)).contains("auth-greeting 1.0.0 1.0 ");
  }

  @Test
  void itsBillOfMaterialsNamesWhatIsInIt() throws Exception {
    assertThat(Files.readString(unpacked.resolve("sbom.cdx.json")))
        .contains(
            "\"bomFormat\" : \"CycloneDX\"",
            "pkg:maven/com.example/auth-greeting@1.0.0",
            "pkg:maven/dev.postern/postern-auth-publickey@",
            "pkg:maven/org.apache.sshd/sshd-core@")
        .doesNotContain("auth-password", "testkit", "junit");
  }

  @Test
  void itIsTheSameWhoeverBuildsIt() throws Exception {
    assembler.succeed("umask 002; TZ=Asia/Tokyo mvn -B -q -f again verify");
    for (String archive : List.of(ARCHIVE, ARCHIVE.replace(".tar.gz", ".zip"))) {
      Path first = assembler.folder().resolve("acme").resolve(archive);
      Path second = assembler.folder().resolve("again").resolve(archive);
      assertThat(Files.mismatch(first, second)).as(archive).isEqualTo(-1);
    }
  }

  @Test
  void aConfigurationThatItsPluginsCannotServeFailsItsBuild() throws Exception {
    Path broken = assembler.folder().resolve("broken");
    Checkout.copy(PROJECT, broken);
    Path own = broken.resolve("src/main/conf/postern.conf");
    Files.writeString(own, Files.readString(own).replace("type = totp", "type = password"));
    Outcome outcome = assembler.run("mvn", "-B", "-f", "broken", "verify");
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.output())
        .contains("no auth plugin of type 'password' is installed. Installed: ");
    assertThat(broken.resolve(ARCHIVE)).doesNotExist();
  }

  @Test
  void itStartsThroughLinksAndWithoutStandardStreams() throws Exception {
    Path links = Files.createDirectory(unpacked.resolveSibling("links"));
    Path link = Files.createSymbolicLink(links.resolve("link"), unpacked.resolve("bin/acme-ssh"));
    Path relative = Files.createSymbolicLink(links.resolve("again"), Path.of("link"));
    assertThat(assembler.run(relative.toString(), "--version").exitCode()).isZero();
    assertThat(assembler.succeed("%s --version <&- 2>&-".formatted(link))).startsWith("acme-ssh");
    assembler.succeed("%s --version >&-".formatted(link));
  }

  @Test
  void itSaysThatJavaIsMissingOrTooOld() throws Exception {
    String launcher = unpacked.resolve("bin/acme-ssh").toString();
    Outcome missing = assembler.run("PATH=", "JAVA_HOME=", launcher, "--version");
    assertThat(missing.error())
        .isEqualTo(
            "acme-ssh: no Java found: install Java 17 or newer, or let JAVA_HOME name one\n");
    assertThat(missing.exitCode()).isEqualTo(255);
    Path java = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 1\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\n");
    assertThat(assembler.run("JAVA_HOME=" + folder.resolve("old"), launcher, "plugins").error())
        .isEqualTo(
            "acme-ssh: Java 17 or newer is needed, and %s is 11: let JAVA_HOME name a newer one\n"
                .formatted(java));
  }

  private Outcome acme(String... arguments) throws Exception {
    return assembler.run(
        Stream.concat(Stream.of(unpacked.resolve("bin/acme-ssh").toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private static boolean canStartSshd() {
    boolean can =
        "root".equals(System.getProperty("user.name"))
            && Files.isExecutable(Path.of("/usr/sbin/sshd"))
            && Files.isExecutable(Path.of("/usr/bin/ssh-keygen"));
    if (!can && System.getenv("POSTERN_REQUIRE_REAL_SERVERS") != null) {
      throw new IllegalStateException("no sshd, and POSTERN_REQUIRE_REAL_SERVERS is set");
    }
    return can;
  }
}
