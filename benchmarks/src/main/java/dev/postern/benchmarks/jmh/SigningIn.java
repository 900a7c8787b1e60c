package dev.postern.benchmarks.jmh;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.auth.Reply;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.secret.SecretValue;
import dev.postern.circuit.Phase;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.NamedStrategy;
import dev.postern.core.auth.PlannedAuth;
import dev.postern.core.auth.ServerMessage;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.Keepalive;
import dev.postern.core.hop.StrictHostKeys;
import dev.postern.core.hop.TrailRecorder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The auth engine against a server that asks for a password, then for a code. */
@State(Scope.Benchmark)
public class SigningIn {
  private static final HopPolicy POLICY =
      new HopPolicy(
          List.of(),
          List.of(),
          StrictHostKeys.YES,
          Optional.empty(),
          Duration.ofSeconds(15),
          Duration.ofSeconds(120),
          new Keepalive(Duration.ZERO, 3),
          5,
          false,
          true);
  private static final ServerMessage PASSWORD = asks("Password: ");
  private static final ServerMessage CODE = asks("Verification code: ");

  private static ServerMessage asks(String prompt) {
    return new ServerMessage.InfoRequest(
        "", "", List.of(new ServerMessage.Question(prompt, false)));
  }

  /** From the first move to the last. */
  @Benchmark
  public ClientMove passwordAndCode() throws Exception {
    List<NamedStrategy> plan =
        List.of(
            new NamedStrategy("password", new Answers("Password:", "secret")),
            new NamedStrategy("code", new Answers("Verification code:", "123456")));
    try (PlannedAuth engine = new PlannedAuth(plan, POLICY, new Nowhere())) {
      engine.next(new ServerMessage.Ready());
      engine.next(PASSWORD);
      engine.next(CODE);
      return engine.next(new ServerMessage.Success());
    }
  }

  private record Answers(PromptPattern asked, String answer) implements AuthStrategy {
    Answers(String asked, String answer) {
      this(PromptPattern.of(asked), answer);
    }

    @Override
    public Set<AuthMethod> methods() {
      return Set.of(AuthMethod.KEYBOARD_INTERACTIVE);
    }

    @Override
    public Reply prompt(Prompt prompt) {
      return asked.matches(prompt.text()) ? Reply.answer(SecretValue.of(answer)) : Reply.pass();
    }
  }

  private static final class Nowhere implements TrailRecorder {
    private static final HopInfo HOP =
        new HopInfo(1, 1, "alice", new Endpoint("bastion.example.com", 22));

    @Override
    public HopInfo hop() {
      return HOP;
    }

    @Override
    public void record(Phase phase, String text) {}
  }
}
