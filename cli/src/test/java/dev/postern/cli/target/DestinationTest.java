package dev.postern.cli.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.problem.ConfigException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DestinationTest {
  @Test
  void aPasswordIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> Destination.parse("ssh://alice:s3cret@db"))
        .hasMessageContaining(
            "a user's name has no ':'; a password does not belong on the command line, where others see it, but is asked for")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "host, -, host, -",
        "alice@host, alice, host, -",
        "host:2222, -, host, 2222",
        "alice@host:2222, alice, host, 2222",
        "a@b@host, a@b, host, -",
        "ssh://host, -, host, -",
        "ssh://alice@host:2222, alice, host, 2222",
        "ssh://alice@host:2222/, alice, host, 2222",
        "[::1]:2222, -, ::1, 2222",
        "alice@[fe80::1%eth0]:22, alice, fe80::1%eth0, 22",
        "[::1], -, ::1, -",
        "::1, -, ::1, -",
        "alice@2001:db8::1, alice, 2001:db8::1, -",
        "127.0.0.1:65535, -, 127.0.0.1, 65535",
      })
  void whatCanBeADestination(String text, String user, String host, Integer port) {
    Destination destination = Destination.parse(text);
    assertThat(destination.user().orElse(null)).isEqualTo(user);
    assertThat(destination.host()).isEqualTo(host);
    assertThat(destination.port())
        .isEqualTo(port == null ? OptionalInt.empty() : OptionalInt.of(port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@host",
        "alice@",
        "-oProxyCommand=touch",
        "alice@-host",
        "-alice@host",
        "host;touch x",
        "`id`@host",
        "$(id)@host",
        "alice@$HOST",
        "al'ice@host",
        "al\"ice@host",
        "alice@ho st",
        "alice@host\n",
        "alice@ho\u0000st",
        "alice@%h",
        "a|b@host",
        "host:0",
        "host:65536",
        "host:22x",
        "host:",
        "[::1",
        "[::1]22",
        "[]:22",
        "[::1;x]:22",
        "ssh://alice@host/path",
      })
  void whatCannotBeOneIsRefused(String text) {
    assertThatThrownBy(() -> Destination.parse(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("command line: ")
        .hasMessageEndingWith("[PST-C009]");
  }

  @Test
  void theRefusalShowsControlCharactersAsEscapes() {
    assertThatThrownBy(() -> Destination.parse("alice@ho\u001b[2Jst"))
        .hasMessageContaining("cannot be a host's name or address")
        .hasMessageNotContaining("\u001b");
  }

  @Test
  void jumpsAreInTheirOrder() {
    assertThat(Destination.jumps(List.of("alice@bastion,bob@inner:2222")))
        .extracting(Destination::host)
        .containsExactly("bastion", "inner");
  }

  @Test
  void noneIsNoJump() {
    assertThat(Destination.jumps(List.of("none"))).isEmpty();
  }

  @Test
  void anEmptyJumpIsRefused() {
    assertThatThrownBy(() -> Destination.jumps(List.of("bastion,,inner")))
        .hasMessage("command line: \"\" cannot be a host's name or address [PST-C009]");
  }
}
