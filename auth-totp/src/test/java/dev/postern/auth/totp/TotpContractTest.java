package dev.postern.auth.totp;

import dev.postern.api.auth.Prompt;
import dev.postern.api.hop.Time;
import dev.postern.testkit.FakeTime;
import dev.postern.testkit.contract.AuthStrategyContract;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.ServerRound;
import dev.postern.testkit.server.ServerRound.Ask;
import dev.postern.testkit.server.ServerScript;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Signs in with the code of RFC 6238's own account, by a clock that stands. */
final class TotpContractTest extends AuthStrategyContract {
  private static final byte[] SEED = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
  private static final Parameters USUAL = new Parameters(Algorithm.SHA1, 6, 30);

  private final FakeTime clock = new FakeTime(Instant.parse("2026-11-24T12:00:00Z"));

  @Override
  protected TotpProvider provider() {
    return new TotpProvider();
  }

  @Override
  protected String settings() {
    return "secret = GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  }

  @Override
  protected Time time() {
    return clock;
  }

  @Override
  protected List<Prompt> ownPrompts() {
    return List.of(shown("Verification code: "), hidden("Passcode: "));
  }

  @Override
  protected boolean answersShownPrompts() {
    return true;
  }

  @Override
  protected ServerScript server() {
    return EmbeddedServer.builder("alice")
        .conversation(ServerRound.of(new Ask("Verification code: ", true, this::isCode)));
  }

  private boolean isCode(String answer) {
    long step = clock.now().getEpochSecond() / USUAL.periodSeconds();
    return answer.equals(String.valueOf(Totp.code(SEED, USUAL, step)));
  }
}
