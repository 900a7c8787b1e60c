package dev.postern.core.hostkey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postern.core.hop.StrictHostKeys;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds us against the ssh-keygen of this machine, if it has one. */
final class OpenSshAgreementTest {
  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void needsSshKeygen() {
    boolean found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "ssh-keygen")));
    assumeTrue(found, "ssh-keygen is not installed");
    rig = new Rig(directory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db.internal",
        "DB.internal",
        "*.internal",
        "d?.internal",
        "*,!db.internal",
        "!other,*",
        "*,![db.internal]:2222",
        "[db.internal]:2222",
        "[*]:2222",
        "[*]:*",
        "a,db.internal",
        "!db.*"
      })
  void theSameLinesMatch(String hosts) throws Exception {
    TestKey key = TestKey.ed25519();
    rig.lines(hosts + " " + key.line());
    KnownHost line = KnownHost.parse(rig.file, 1, hosts + " " + key.line()).orElseThrow();
    for (String name : List.of("db.internal", "[db.internal]:2222")) {
      boolean theirs = run("-F", name, "-f", rig.file.toString()).contains(" found: line 1");
      assertThat(line.hosts().match(name)).as(name).isEqualTo(theirs);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"BÜCHER.example", "bücher.example", "BüCHER.EXAMPLE"})
  void lettersOutsideAsciiMatchAsInOpenSsh(String hosts) throws Exception {
    TestKey key = TestKey.ed25519();
    rig.lines(hosts + " " + key.line());
    boolean theirs =
        run("-F", "bücher.example", "-f", rig.file.toString()).contains(" found: line 1");
    assertThat(rig.at("bücher.example", 22).refuse(key.server()).equals("trusted"))
        .isEqualTo(theirs);
  }

  @Test
  void whatOpenSshHashesIsFound() throws Exception {
    TestKey first = TestKey.ed25519();
    TestKey second = TestKey.rsa(2048);
    rig.lines("db.internal " + first.line(), "[db.internal]:2222 " + second.line());
    run("-H", "-f", rig.file.toString());

    assertThat(rig.file).content().contains("|1|").doesNotContain("db.internal");
    assertThat(rig.verify(first.server())).endsWith(" known (" + rig.file + ":1)");
    assertThat(rig.at("db.internal", 2222).verify(second.server()))
        .endsWith(" known (" + rig.file + ":2)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void aCertificateByOpenSshHolds(String type) throws Exception {
    Path authority = directory.resolve("ca");
    Path host = directory.resolve("host");
    run("-q", "-t", type, "-N", "", "-f", authority.toString());
    run("-q", "-t", type, "-N", "", "-f", host.toString());
    run(
        "-q",
        "-s",
        authority.toString(),
        "-h",
        "-I",
        "db",
        "-z",
        "9",
        "-n",
        "db.internal",
        "-V",
        "20260101:20270101",
        host + ".pub");
    String[] certificate = Files.readString(directory.resolve("host-cert.pub")).split(" ", 3);
    byte[] blob = Base64.getDecoder().decode(certificate[1]);
    rig.lines("@cert-authority *.internal " + Files.readString(directory.resolve("ca.pub")));

    assertThat(rig.verify(new ServerKey(certificate[0], blob)))
        .contains(" certificate \"db\" serial 9 signed by ")
        .contains(run("-l", "-f", authority.toString()).split(" ")[1]);
    assertThat(rig.at("other.internal", 22).refuse(new ServerKey(certificate[0], blob)))
        .startsWith("PST-H005 ");
  }

  @Test
  void openSshFindsWhatWeAdd() throws Exception {
    TestKey key = TestKey.ecdsa(384);
    rig.strict(StrictHostKeys.ACCEPT_NEW).at("::1", 2222).verify(key.server());

    assertThat(run("-F", "[::1]:2222", "-f", rig.file.toString()))
        .contains(" found: line 1")
        .contains(key.line());
    assertThat(run("-l", "-f", rig.file.toString())).contains(key.fingerprint());
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ssh-keygen"));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(directory, "output", "");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output, UTF_8);
  }
}
