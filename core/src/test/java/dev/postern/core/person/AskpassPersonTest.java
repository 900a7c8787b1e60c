package dev.postern.core.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.hop.Person;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AskpassPersonTest {
  @TempDir private Path folder;

  @Test
  void theFirstLineIsTheAnswer() throws Exception {
    Person person = new AskpassPerson(program("echo \"answer to $1\"; echo more"));
    try (SecretValue answer = person.ask("Password: ", false)) {
      assertThat(new String(answer.chars())).isEqualTo("answer to Password: ");
    }
  }

  @Test
  void aFailureIsANo() throws Exception {
    String program = program("echo secret; exit 3");
    assertThatThrownBy(() -> new AskpassPerson(program).ask("Password: ", false))
        .isInstanceOf(SecretException.class)
        .hasMessage("the question was declined (%s ended with 3)".formatted(program));
  }

  @Test
  void whatATerminalWouldObeyNeverReachesThePerson() throws Exception {
    Person person = new OneAtATime(new AskpassPerson(program("printf '%s' \"$1\"")));
    try (SecretValue answer = person.ask("\u001b]52;c;x\u0007Password: ", false)) {
      assertThat(new String(answer.chars())).isEqualTo("\\x1b]52;c;x\\x07Password: ");
    }
  }

  @Test
  void thePersonIsChosenAsOpenSshChooses() {
    Map<String, String> askpass = Map.of("SSH_ASKPASS", "/bin/x");
    Map<String, String> display = Map.of("SSH_ASKPASS", "/bin/x", "DISPLAY", ":0");
    Map<String, String> prefer = Map.of("SSH_ASKPASS", "/bin/x", "SSH_ASKPASS_REQUIRE", "prefer");
    Map<String, String> never =
        Map.of("SSH_ASKPASS", "/bin/x", "SSH_ASKPASS_REQUIRE", "never", "DISPLAY", ":0");
    assertThat(Persons.of(askpass, false, true)).isInstanceOf(TerminalPerson.class);
    assertThat(Persons.of(askpass, false, false)).isInstanceOf(AbsentPerson.class);
    assertThat(Persons.of(display, false, false)).isInstanceOf(AskpassPerson.class);
    assertThat(Persons.of(display, false, true)).isInstanceOf(TerminalPerson.class);
    assertThat(Persons.of(prefer, false, true)).isInstanceOf(AskpassPerson.class);
    assertThat(Persons.of(never, false, false)).isInstanceOf(AbsentPerson.class);
    assertThat(Persons.of(prefer, true, true)).isInstanceOf(AbsentPerson.class);
  }

  private String program(String body) throws Exception {
    Path file = folder.resolve("askpass");
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }
}
