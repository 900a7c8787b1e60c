package com.example.postern.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.example.postern.vault.StandInApi.Reply;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API says no with, and what is said of it. */
final class RefusalsTest {
  private static Throwable failure(StandInApi api) {
    return catchThrowable(() -> new Bench().open(Bench.settings(api.address()), Bench.hop()));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | MisconfiguredException | look at the role and at principals, ttl and extensions
          403 | SecretException | the token is wrong, has ended, or its policy does not allow 'update' there
          404 | MisconfiguredException | look at mount, role and namespace
          429 | SecretException | it is asked too often, try again later
          500 | SecretException | look at the API's log
          503 | SecretException | the API is sealed or in maintenance
          """)
  void saysWhatTheApiSaysAndWhatToDo(int status, String type, String advice) throws Exception {
    try (StandInApi api =
        StandInApi.start(
            request -> Reply.of(status, "{\"errors\":[\"no such luck\",\"sorry\"]}"))) {
      Throwable failure = failure(api);
      assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
      assertThat(failure)
          .hasMessage("%s refused with %d (no such luck, sorry); %s", api.url(), status, advice);
    }
  }

  @Test
  void aRefusalWithoutWordsIsOneToo() throws Exception {
    for (String body : new String[] {"", "<html>", "[]", "{\"errors\":{}}", "{\"errors\":[1]}"}) {
      try (StandInApi api = StandInApi.start(request -> Reply.of(404, body))) {
        assertThat(failure(api))
            .isInstanceOf(MisconfiguredException.class)
            .hasMessage(api.url() + " refused with 404; look at mount, role and namespace");
      }
    }
  }

  @Test
  void wordsAreMadeHarmless() throws Exception {
    String words = "\\u001b[31mno\\nway \\u202e" + Bench.TOKEN + " " + "x".repeat(1000);
    try (StandInApi api =
        StandInApi.start(request -> Reply.of(403, "{\"errors\":[\"" + words + "\"]}"))) {
      assertThat(failure(api))
          .hasMessageStartingWith(api.url() + " refused with 403 ( [31mno way  *** xxx")
          .hasMessageContaining("xxx…); the token is wrong")
          .hasMessageNotContaining(Bench.TOKEN);
    }
  }

  @Test
  void theTokenGoesNowhereElse() throws Exception {
    try (StandInApi other = StandInApi.start(Bench.signing(new Authority()));
        StandInApi api =
            StandInApi.start(
                request -> new Reply(307, "", Map.of("Location", other.address() + "/v1/x")))) {
      assertThat(failure(api))
          .isInstanceOf(SecretException.class)
          .hasMessage(
              "%s points to %s/v1/x, where the token is not sent; set address to that, if it is right",
              api.url(), other.address());
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String address = "http://127.0.0.1:" + port;
    assertThat(catchThrowable(() -> new Bench().open(Bench.settings(address), Bench.hop())))
        .isInstanceOf(SecretException.class)
        .hasMessage(
            address
                + "/v1/ssh-client-signer/sign/developers cannot be asked: the connection was refused; is the API running there? Look at address");
  }

  @Test
  void theNameIsUnknown() {
    assertThat(
            catchThrowable(
                () -> new Bench().open(Bench.settings("https://vault.invalid"), Bench.hop())))
        .isInstanceOf(SecretException.class)
        .hasMessage(
            "https://vault.invalid/v1/ssh-client-signer/sign/developers cannot be asked: the name vault.invalid is not known; look at address");
  }

  @Test
  void aTokenThatCannotBeSentIsNotShown() throws Exception {
    try (StandInApi api = StandInApi.start(Bench.signing(new Authority()))) {
      assertThat(tokenFailure(api, "")).hasMessage("the token is empty");
      assertThat(tokenFailure(api, "hvs.a\nb"))
          .hasMessage("the token has a space, a line break or another character that no token has");
      assertThat(api.requests()).isEmpty();
    }
  }

  private static Throwable tokenFailure(StandInApi api, String token) {
    return catchThrowable(
        () ->
            new Bench()
                .open(Bench.settings(api.address(), "developers", Secret.of(token)), Bench.hop()));
  }
}
