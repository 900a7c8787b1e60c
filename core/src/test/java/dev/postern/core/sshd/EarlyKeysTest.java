package dev.postern.core.sshd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executor;
import org.apache.sshd.common.kex.AbstractDH;
import org.apache.sshd.common.kex.KeyEncapsulationMethod.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are made before the server has said anything. */
final class EarlyKeysTest {
  private static final String CURVE = "curve25519-sha256";
  private static final Executor AT_ONCE = Runnable::run;
  private static final Executor NEVER = task -> {};

  @Test
  void theyAreTakenOnce() throws Exception {
    EarlyKeys keys = EarlyKeys.of(CURVE, AT_ONCE).orElseThrow();

    assertThat(keys.take(CURVE)).isNotNull();
    assertThat(keys.take(CURVE)).isNull();
  }

  @Test
  void anotherExchangeDoesNotGetThem() throws Exception {
    EarlyKeys keys = EarlyKeys.of(CURVE, AT_ONCE).orElseThrow();

    assertThat(keys.take("ecdh-sha2-nistp256")).isNull();
    assertThat(keys.take(CURVE)).isNotNull();
  }

  @Test
  void whatNobodyHasBegunIsMadeByWhoeverTakesIt() throws Exception {
    assertThat(EarlyKeys.of(CURVE, NEVER).orElseThrow().take(CURVE)).isNotNull();
  }

  @Test
  void droppedOnesAreGone() throws Exception {
    EarlyKeys keys = EarlyKeys.of(CURVE, NEVER).orElseThrow();

    keys.drop();

    assertThat(keys.take(CURVE)).isNull();
  }

  @Test
  void inAGroupOfTheServersThereAreNone() {
    assertThat(EarlyKeys.of("diffie-hellman-group-exchange-sha256", AT_ONCE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sntrup761x25519-sha512", "mlkem768nistp256-sha256"})
  void theEncapsulationsKeysStayTheSame(String exchange) throws Exception {
    AbstractDH keys = EarlyKeys.of(exchange, AT_ONCE).orElseThrow().take(exchange);

    Client client = keys.getKeyEncapsulation().getClient();
    byte[] made = client.getPublicKey();
    client.init();

    assertThat(client.getPublicKey()).isEqualTo(made);
    assertThat(keys.getKeyEncapsulation().getClient()).isSameAs(client);
  }
}
