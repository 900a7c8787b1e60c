package dev.postern.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.secret.SecretValue;
import dev.postern.circuit.Phase;
import dev.postern.core.auth.ServerMessage.Failure;
import dev.postern.core.auth.ServerMessage.InfoRequest;
import dev.postern.core.auth.ServerMessage.Question;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.Keepalive;
import dev.postern.core.hop.StrictHostKeys;
import dev.postern.core.hop.TrailRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plays a server against an engine, and writes down what it says. */
abstract class EngineRig {
  final List<String> trail = new ArrayList<>();
  int maxAttempts = 5;
  boolean allowTrivial;

  final PlannedAuth plan(AuthStrategy... strategies) {
    List<NamedStrategy> named = new ArrayList<>();
    for (AuthStrategy strategy : strategies) {
      named.add(new NamedStrategy(name(strategy), strategy));
    }
    HopPolicy policy =
        new HopPolicy(
            List.of(),
            List.of(),
            StrictHostKeys.YES,
            Optional.empty(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            new Keepalive(Duration.ZERO, 3),
            maxAttempts,
            allowTrivial,
            true);
    return new PlannedAuth(named, policy, new Recorder());
  }

  private static String name(AuthStrategy strategy) {
    if (strategy instanceof Scripted scripted && scripted.type().isPresent()) {
      return scripted.type().get();
    }
    return switch (strategy.methods().toString()) {
      case "[publickey]" -> "keys";
      case "[keyboard-interactive]" -> isCodes(strategy) ? "codes" : "prompts";
      default -> "password";
    };
  }

  private static boolean isCodes(AuthStrategy strategy) {
    return strategy instanceof Scripted scripted && scripted.isCodes();
  }

  static String play(PlannedAuth engine, ServerMessage... messages) throws Exception {
    List<String> moves = new ArrayList<>();
    for (ServerMessage message : messages) {
      moves.add(text(engine.next(message)));
    }
    return String.join(", ", moves);
  }

  /** What was said until the last message, to which there was nothing more to say. */
  static String playThenFail(PlannedAuth engine, ServerMessage... messages) {
    return playThenFail(engine, () -> {}, messages);
  }

  /** The same, with something that happens after our first move. */
  static String playThenFail(PlannedAuth engine, Runnable meanwhile, ServerMessage... messages) {
    List<String> moves = new ArrayList<>();
    HopFailure failure =
        catchThrowableOfType(
            HopFailure.class,
            () -> {
              for (ServerMessage message : messages) {
                moves.add(text(engine.next(message)));
                if (moves.size() == 1) {
                  meanwhile.run();
                }
              }
            });
    assertThat(failure).isNotNull();
    return String.join(", ", moves);
  }

  static HopFailure fails(PlannedAuth engine, ServerMessage... messages) {
    HopFailure failure = catchThrowableOfType(HopFailure.class, () -> play(engine, messages));
    assertThat(failure).isNotNull();
    return failure;
  }

  static Failure offers(String... methods) {
    return new Failure(List.of(methods), false);
  }

  static InfoRequest asks(String... prompts) {
    return new InfoRequest(
        "", "", List.of(prompts).stream().map(prompt -> new Question(prompt, false)).toList());
  }

  static String text(ClientMove move) {
    if (move instanceof ClientMove.ProbeKey probe) {
      return "probe " + probe.identity().description() + with(probe.algorithm());
    }
    if (move instanceof ClientMove.SignWithKey signed) {
      return "sign " + signed.identity().description() + with(signed.algorithm());
    }
    if (move instanceof ClientMove.SendPassword password) {
      return "password " + text(password.password());
    }
    if (move instanceof ClientMove.SendNewPassword change) {
      return "change " + text(change.current()) + " " + text(change.replacement());
    }
    if (move instanceof ClientMove.SendAnswers answers) {
      return ("answer "
              + answers.answers().stream().map(EngineRig::text).collect(Collectors.joining(" ")))
          .strip();
    }
    if (move instanceof ClientMove.StartConversation) {
      return "converse";
    }
    return move instanceof ClientMove.AskMethods ? "ask" : "in";
  }

  private static String with(String algorithm) {
    return algorithm.equals("ssh-ed25519") ? "" : " with " + algorithm;
  }

  static String text(SecretValue value) {
    return new String(value.chars());
  }

  private final class Recorder implements TrailRecorder {
    @Override
    public HopInfo hop() {
      return new HopInfo(1, 1, "alice", new Endpoint("bastion", 22));
    }

    @Override
    public void record(Phase phase, String text) {
      trail.add(text);
    }
  }
}
