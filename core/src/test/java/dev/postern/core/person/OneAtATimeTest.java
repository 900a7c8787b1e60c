package dev.postern.core.person;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.secret.SecretException;
import dev.postern.core.secret.UnansweredException;
import org.junit.jupiter.api.Test;

final class OneAtATimeTest {
  @Test
  void whoDoesNotAnswerIsToldFromASourceThatFails() {
    assertThatThrownBy(() -> new OneAtATime(new AbsentPerson()).ask("Password: ", false))
        .isInstanceOf(SecretException.class)
        .hasMessage(
            "nobody can be asked: there is no terminal and no SSH_ASKPASS, or batch mode is on")
        .hasCauseInstanceOf(UnansweredException.class);
  }
}
