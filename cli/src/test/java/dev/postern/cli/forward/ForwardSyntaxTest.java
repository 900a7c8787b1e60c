package dev.postern.cli.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForwardSyntaxTest {
  private final ForwardSyntax syntax = new ForwardSyntax(Path.of("/here"), false);

  @ParameterizedTest
  @CsvSource({
    "8080:web:80, 127.0.0.1:8080 -> web:80",
    "8080 web:80, 127.0.0.1:8080 -> web:80",
    "0:web:80, 127.0.0.1:0 -> web:80",
    "localhost:8080:web:80, localhost:8080 -> web:80",
    ":8080:web:80, *:8080 -> web:80",
    "*:8080:web:80, *:8080 -> web:80",
    "[::1]:8080:[fd00::1]:80, [::1]:8080 -> [fd00::1]:80",
    "8080:/run/far.sock, 127.0.0.1:8080 -> /run/far.sock",
    "*:8080:/run/far.sock, *:8080 -> /run/far.sock",
    "/tmp/near.sock:web:80, /tmp/near.sock -> web:80",
    "./near.sock:web:80, /here/near.sock -> web:80",
    "/tmp/near.sock:[::1]:80, /tmp/near.sock -> [::1]:80",
    "/tmp/near.sock:/run/far.sock, /tmp/near.sock -> /run/far.sock",
    "/tmp/a\\:b.sock:web:80, /tmp/a:b.sock -> web:80",
  })
  void local(String text, String forward) {
    assertThat(syntax.local(text)).hasToString(forward);
  }

  @ParameterizedTest
  @CsvSource({
    "8080:web:80, remote localhost:8080 -> web:80",
    "0:web:80, remote localhost:0 -> web:80",
    ":8080:web:80, remote *:8080 -> web:80",
    "[::]:8080:web:80, remote [::]:8080 -> web:80",
    "1080, remote localhost:1080 -> SOCKS",
    "*:1080, remote *:1080 -> SOCKS",
    "/run/far.sock, remote /run/far.sock -> SOCKS",
    "/run/far.sock:web:80, remote /run/far.sock -> web:80",
    "8080:near.d/x.sock, remote localhost:8080 -> /here/near.d/x.sock",
  })
  void remote(String text, String forward) {
    assertThat(syntax.remote(text)).hasToString(forward);
  }

  @ParameterizedTest
  @CsvSource({
    "1080, 127.0.0.1:1080 -> SOCKS",
    "[::1]:1080, [::1]:1080 -> SOCKS",
    "*:1080, *:1080 -> SOCKS",
    "/tmp/socks.sock, /tmp/socks.sock -> SOCKS",
  })
  void dynamic(String text, String forward) {
    assertThat(syntax.dynamic(text)).hasToString(forward);
  }

  @Test
  void withGatewayPortsAListenerWithoutAnAddressIsOpenToOthers() {
    ForwardSyntax open = new ForwardSyntax(Path.of("/here"), true);
    assertThat(open.local("8080:web:80")).hasToString("*:8080 -> web:80");
    assertThat(open.dynamic("1080")).hasToString("*:1080 -> SOCKS");
    assertThat(open.local("localhost:8080:web:80")).hasToString("localhost:8080 -> web:80");
  }

  @ParameterizedTest
  @CsvSource({
    "db:5432, db:5432",
    "[::1]:22, [::1]:22",
    "/run/db.sock, /run/db.sock",
  })
  void standardInputAndOutput(String text, String target) {
    assertThat(ForwardSyntax.target(text)).hasToString(target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "8080", "8080:web", "web:80", "a:b:c:d:e", "8080::80", "[::1:8080:web:80"})
  void whatIsNoLocalForwardIsRefused(String text) {
    assertThatThrownBy(() -> syntax.local(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "8080:web:80:, write it like 1080 or 127.0.0.1:1080",
    "8080:web:80, write it like 1080 or 127.0.0.1:1080",
    "x, '\"127.0.0.1:x\" does not end in a port; write it like 127.0.0.1:15432'",
    "70000, port 70000 is not from 0 to 65535",
    "-o:1080, '\"-o\" cannot be a host''s name or address'",
  })
  void whatIsNoDynamicForwardSaysWhy(String text, String why) {
    assertThatThrownBy(() -> syntax.dynamic(text)).hasMessage(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "db", "db:ssh", "a:b:1", ":22"})
  void whatIsNoTargetIsRefused(String text) {
    assertThatThrownBy(() -> ForwardSyntax.target(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
