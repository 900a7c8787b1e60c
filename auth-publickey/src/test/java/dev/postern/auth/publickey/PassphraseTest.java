package dev.postern.auth.publickey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Identity;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PassphraseTest {
  private static final String QUESTION = "Enter passphrase for key '%s': ";

  @TempDir private Path folder;

  @BeforeEach
  void needsTools() {
    Tools.assumeInstalled("ssh-keygen");
  }

  @Test
  void isAskedOnlyWhenAKeySignsAndOnlyOnce() throws Exception {
    Path file = Tools.encrypted(folder.resolve("id"));
    FakeContext context = new FakeContext(folder).answering("open sesame");
    try (AuthStrategy strategy = Settings.files(file).strategy(context);
        Stream<Identity> identities = strategy.identities()) {
      Identity identity = identities.findFirst().orElseThrow();
      assertThat(context.asked).isEmpty();

      identity.sign("ssh-ed25519", new byte[8]);
      identity.sign("ssh-ed25519", new byte[8]);

      assertThat(context.asked).containsExactly(QUESTION.formatted(file));
    }
  }

  @Test
  void onlyAKeyThatNeedsNoneSignsAtOnce() throws Exception {
    Path encrypted = Tools.encrypted(folder.resolve("encrypted"));
    Path open = Tools.ed25519(folder.resolve("open"));
    try (AuthStrategy strategy = Settings.files(encrypted, open).strategy(new FakeContext(folder));
        Stream<Identity> identities = strategy.identities()) {
      assertThat(identities.map(Identity::signsAtOnce)).containsExactly(false, true);
    }
  }

  @Test
  void isAskedOnceOverParallelOpeningsOfOneProvider() throws Exception {
    Path file = Tools.encrypted(folder.resolve("id"));
    FakeContext context = new FakeContext(folder).answering("open sesame");
    PublickeyProvider provider = new PublickeyProvider();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<byte[]>> signatures = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        signatures.add(
            threads.submit(
                () -> {
                  AuthStrategy strategy = provider.create(Settings.files(file).config(), context);
                  return strategy
                      .identities()
                      .findFirst()
                      .orElseThrow()
                      .sign("ssh-ed25519", new byte[8]);
                }));
      }
      for (Future<byte[]> signature : signatures) {
        assertThat(signature.get()).isEqualTo(signatures.get(0).get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(context.asked).hasSize(1);
  }

  @Test
  void isAskedThreeTimesAtMost() throws Exception {
    Path file = Tools.encrypted(folder.resolve("id"));
    FakeContext context = new FakeContext(folder).answering("a", "", "c", "open sesame");
    try (AuthStrategy strategy = Settings.files(file).strategy(context)) {
      Identity identity = strategy.identities().findFirst().orElseThrow();

      assertThatThrownBy(() -> identity.sign("ssh-ed25519", new byte[8]))
          .isInstanceOf(MisconfiguredException.class)
          .hasMessage("none of 3 passphrases opens '%s'", file);
    }
    assertThat(context.asked).hasSize(3);
    assertThat(context.told)
        .hasSize(2)
        .containsOnly("Bad passphrase, try again for '" + file + "'");
  }

  @Test
  void ofAKeyThatIsNotReachedIsNotAsked() throws Exception {
    Path first = Tools.key(folder.resolve("a"), "-t", "rsa", "-m", "PEM", "-N", "open sesame");
    Path second = Tools.key(folder.resolve("b"), "-t", "rsa", "-m", "PEM", "-N", "open sesame");
    Files.delete(KeyFiles.sibling(first, ".pub"));
    Files.delete(KeyFiles.sibling(second, ".pub"));
    FakeContext context = new FakeContext(folder).answering("open sesame", "open sesame");
    try (AuthStrategy strategy = Settings.files(first, second).strategy(context);
        Stream<Identity> identities = strategy.identities()) {
      assertThat(context.asked).isEmpty();
      Iterator<Identity> iterator = identities.iterator();
      iterator.next().sign("rsa-sha2-256", new byte[8]);

      assertThat(context.asked).containsExactly(QUESTION.formatted(first));
    }
  }

  @Test
  void thatIsConfiguredWronglyIsAnErrorNamingTheFile() throws Exception {
    for (String format : List.of("RFC4716", "PEM", "PKCS8")) {
      Path file =
          Tools.key(
              folder.resolve(format), "-t", "ecdsa", "-m", format, "-N", "open sesame", "-a", "1");
      FakeContext context = new FakeContext(folder).answering("open sesame");
      try (AuthStrategy strategy = Settings.files(file).passphrase("wrong").strategy(context)) {
        Identity identity = strategy.identities().findFirst().orElseThrow();

        assertThatThrownBy(() -> identity.sign(identity.keyType(), new byte[8]))
            .isInstanceOf(MisconfiguredException.class)
            .hasMessage("the passphrase does not open '%s'", file);
      }
      assertThat(context.asked).isEmpty();
    }
  }

  @Test
  void thatCannotBeHadIsAnErrorNamingTheFile() throws Exception {
    Path file = Tools.encrypted(folder.resolve("id"));
    Secret absent =
        () -> {
          throw new SecretException("the variable PW is not set");
        };
    PublickeyConfig config =
        new PublickeyConfig(
            List.of(file), Optional.of(absent), List.of(), Optional.of("false"), false, List.of());
    AuthStrategy strategy = new PublickeyProvider().create(config, new FakeContext(folder));
    Identity identity = strategy.identities().findFirst().orElseThrow();

    assertThatThrownBy(() -> identity.sign("ssh-ed25519", new byte[8]))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("no passphrase for the key '%s': the variable PW is not set", file);
  }

  @Test
  void isMissedWithASentenceWhereNobodyCanBeAsked() throws Exception {
    Path file = Tools.encrypted(folder.resolve("id"));
    AuthStrategy strategy = Settings.files(file).strategy(new FakeContext(folder));
    Identity identity = strategy.identities().findFirst().orElseThrow();

    assertThatThrownBy(() -> identity.sign("ssh-ed25519", new byte[8]))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(
            "the key '%s' is encrypted and nobody can be asked; configure its passphrase", file);
  }
}
