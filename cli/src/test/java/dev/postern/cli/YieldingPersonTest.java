package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.hop.Person;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class YieldingPersonTest {
  private final AtomicBoolean taken = new AtomicBoolean();
  private final List<String> heard = new ArrayList<>();
  private final Person person =
      new YieldingPerson(
          new Person() {
            @Override
            public boolean isPresent() {
              return true;
            }

            @Override
            public SecretValue ask(String question, boolean echo) {
              heard.add(question);
              return SecretValue.of("answer");
            }

            @Override
            public void tell(String text) {
              heard.add(text);
            }
          },
          taken::get);

  @Test
  void asksWhileTheTerminalIsFree() throws Exception {
    assertThat(person.isPresent()).isTrue();
    person.tell("words");
    person.ask("Code: ", false).close();
    assertThat(heard).containsExactly("words", "Code: ");
  }

  @Test
  void isNobodyOnceACommandHasIt() {
    taken.set(true);
    assertThat(person.isPresent()).isFalse();
    person.tell("words");
    assertThatThrownBy(() -> person.ask("Code: ", false))
        .isInstanceOf(SecretException.class)
        .hasMessage(
            "nobody can be asked: the command of --run has the terminal; with SSH_ASKPASS_REQUIRE=force, SSH_ASKPASS is asked");
    assertThat(heard).isEmpty();
  }
}
