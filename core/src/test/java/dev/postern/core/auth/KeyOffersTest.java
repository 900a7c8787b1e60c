package dev.postern.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Identity;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.core.auth.ServerMessage.Failure;
import dev.postern.core.auth.ServerMessage.KeyAcceptable;
import dev.postern.core.auth.ServerMessage.Ready;
import dev.postern.core.auth.ServerMessage.Success;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** In which way keys are offered, and how often. */
final class KeyOffersTest extends EngineRig {
  private static final Failure REFUSED = offers("publickey");

  @Test
  void everyKeyIsOfferedOnceBeforeOneIsOfferedInAnotherWay() throws Exception {
    assertThat(
            play(
                plan(Scripted.rsaKeys("a", "b"), Scripted.password("pw")),
                new Ready(),
                offers("publickey", "password"),
                offers("publickey", "password"),
                REFUSED,
                new KeyAcceptable(),
                new Success()))
        .isEqualTo(
            "probe a with rsa-sha2-512, probe b with rsa-sha2-512, password pw, probe a with rsa-sha2-256, sign a with rsa-sha2-256, in");
  }

  @Test
  void onlySignaturesThatTheServerUnderstandsAreTried() {
    PlannedAuth engine = plan(Scripted.rsaKeys("a", "b"));
    engine.signatureAlgorithms(List.of("ssh-rsa", "rsa-sha2-256"));
    assertThat(playThenFail(engine, new Ready(), REFUSED, REFUSED))
        .isEqualTo("probe a with rsa-sha2-256, probe b with rsa-sha2-256");
  }

  @Test
  void whatTheServerUnderstandsIsHeardAfterTheFirstOffer() {
    PlannedAuth engine = plan(Scripted.rsaKeys("a"), Scripted.rsaKeys("b"));
    assertThat(
            playThenFail(
                engine,
                () -> engine.signatureAlgorithms(List.of("rsa-sha2-512")),
                new Ready(),
                REFUSED,
                REFUSED))
        .isEqualTo("probe a with rsa-sha2-512, probe b with rsa-sha2-512");
  }

  @Test
  void anRsaKeyIsNotOfferedToAServerThatUnderstandsNoSafeSignatureOfIt() {
    PlannedAuth engine = plan(Scripted.rsaKeys("a"));
    engine.signatureAlgorithms(List.of("ssh-rsa", "ssh-dss"));
    HopFailure failure = fails(engine, new Ready(), offers("publickey"));
    assertThat(failure.sentence())
        .startsWith("Permission denied (publickey); tried: publickey ssh-rsa SHA256:")
        .endsWith(
            " from a not offered: the server understands no signature of it but ssh-rsa,ssh-dss");
  }

  @Test
  void anotherKeyIsOfferedWhateverTheServerSays() throws Exception {
    PlannedAuth engine = plan(Scripted.keys("a"));
    engine.signatureAlgorithms(List.of("rsa-sha2-512"));
    assertThat(play(engine, new Ready())).isEqualTo("probe a");
  }

  @Test
  void theSameKeyFromTwoStrategiesIsOfferedOnce() {
    assertThat(
            playThenFail(
                plan(Scripted.keys("a"), Scripted.keys("a", "b")), new Ready(), REFUSED, REFUSED))
        .isEqualTo("probe a, probe b");
  }

  @Test
  void aKeyThatCouldNotSignMayBeSignedWithFromAnotherPlace() throws Exception {
    PlannedAuth engine = plan(Scripted.keys("a"), Scripted.keys("a"));
    play(engine, new Ready(), new KeyAcceptable());
    assertThat(text(engine.signingFailed(new IOException("agent locked")))).isEqualTo("probe a");
  }

  @Test
  void anRsaKeyThatCouldNotSignIsNotAskedAgain() throws Exception {
    PlannedAuth engine = plan(Scripted.rsaKeys("a"), Scripted.keys("b"));
    play(engine, new Ready(), new KeyAcceptable());
    assertThat(text(engine.signingFailed(new IOException("declined")))).isEqualTo("probe b");
  }

  @Test
  void thatThereIsNoKeyIsSaid() {
    HopFailure failure = fails(plan(Scripted.keys()), new Ready(), offers("publickey"));
    assertThat(failure.code()).isEqualTo(Code.AUTH_DENIED);
    assertThat(failure)
        .hasMessage("Permission denied (publickey); tried: keys has no key to offer");
  }

  @Test
  void aStrategyWhoseKeysAreNullIsBroken() {
    assertBroken(broken(null), "java.lang.NullPointerException: its identities are null");
  }

  @Test
  void aStrategyWithAKeyThatFailsIsBroken() {
    Identity identity =
        new Scripted.NamedKey("a", "ssh-ed25519") {
          @Override
          public byte[] publicKey() {
            throw new IllegalStateException("no card");
          }
        };
    assertBroken(broken(Stream.of(identity)), "java.lang.IllegalStateException: no card");
  }

  @Test
  void aKeyThatFailsToSignIsItsStrategysFault() throws Exception {
    PlannedAuth engine = plan(Scripted.keys("a"), Scripted.password("pw"));
    play(engine, new Ready(), new KeyAcceptable());
    assertThat(engine.signerFailed(new NoClassDefFoundError("acme/Card")))
        .hasMessage(
            "the strategy 'keys' is broken: it failed with java.lang.NoClassDefFoundError: acme/Card; no other strategy was tried in its place");
    HopFailure misconfigured =
        engine.signerFailed(new MisconfiguredException("a has a passphrase"));
    assertThat(misconfigured.code()).isEqualTo(Code.AUTH_STRATEGY_MISCONFIGURED);
    assertThat(misconfigured).hasMessage("the strategy 'keys' cannot be used: a has a passphrase");
  }

  private void assertBroken(AuthStrategy strategy, String how) {
    HopFailure failure = fails(plan(strategy, Scripted.password("pw")), new Ready());
    assertThat(failure.code()).isEqualTo(Code.AUTH_STRATEGY_BROKEN);
    assertThat(failure)
        .hasMessage(
            "the strategy 'keys' is broken: it failed with %s; no other strategy was tried in its place",
            how);
  }

  private static AuthStrategy broken(Stream<Identity> identities) {
    return new AuthStrategy() {
      @Override
      public Set<AuthMethod> methods() {
        return Set.of(AuthMethod.PUBLICKEY);
      }

      @Override
      public Stream<Identity> identities() {
        return identities;
      }
    };
  }
}
