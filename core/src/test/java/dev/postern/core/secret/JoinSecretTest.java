package dev.postern.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JoinSecretTest {
  @Test
  void putsSecretsOneAfterTheOther() throws Exception {
    try (SecretValue value = join(Secret.of("päss"), Secret.of(""), Secret.of("123456")).read()) {
      assertThat(new String(value.chars())).isEqualTo("päss123456");
    }
  }

  @Test
  void readsItsPartsAnewEachTime() throws Exception {
    int[] code = {41};
    Secret joined = join(Secret.of("pw"), () -> SecretValue.of(Integer.toString(++code[0])));
    try (SecretValue first = joined.read();
        SecretValue second = joined.read()) {
      assertThat(new String(first.chars())).isEqualTo("pw42");
      assertThat(new String(second.chars())).isEqualTo("pw43");
    }
  }

  @Test
  void aPartThatIsNotToBeHadIsTheWholesFailure() {
    Secret missing =
        () -> {
          throw new SecretException("the variable PW is not set");
        };
    assertThatThrownBy(join(Secret.of("pw"), missing)::read)
        .isInstanceOf(SecretException.class)
        .hasMessage("the variable PW is not set");
  }

  @Test
  void isAtHandIfAllItsPartsAre() {
    Secret elsewhere = () -> SecretValue.of("from a vault");
    assertThat(join(Secret.of("pw"), Secret.of("1")).isAtHand()).isTrue();
    assertThat(join(Secret.of("pw"), elsewhere).isAtHand()).isFalse();
  }

  @Test
  void showsNothing() {
    assertThat(join(Secret.of("canary"), Secret.of("1"))).hasToString("*** (join of 2)");
  }

  @Test
  void nothingToJoinIsAMistake() {
    assertThatThrownBy(() -> new JoinSecretProvider.Config(List.of()))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("join is empty; give it the secrets to put together");
  }

  private static Secret join(Secret... parts) {
    return new JoinSecretProvider()
        .create(new JoinSecretProvider.Config(List.of(parts)), new FakeContext(Optional.empty()));
  }
}
