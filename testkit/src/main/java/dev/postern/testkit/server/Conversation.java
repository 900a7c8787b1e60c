package dev.postern.testkit.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.auth.AbstractUserAuth;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of keyboard-interactive (RFC 4256), over several rounds: MINA's own has one.
 */
final class Conversation extends AbstractUserAuth {
  static final String METHOD = "keyboard-interactive";
  private static final int ANSWER_LIMIT = 100;

  private final String user;
  private final List<ServerRound> rounds;
  private final ScheduledExecutorService timer;
  private int asked;

  /** A conversation of these rounds; without any it is refused. */
  Conversation(String user, Progress progress, ScheduledExecutorService timer) {
    super(METHOD);
    this.user = user;
    this.timer = timer;
    this.rounds =
        progress
            .next(METHOD)
            .map(step -> ((Wanted.Rounds) step.wanted()).rounds())
            .orElse(List.of());
  }

  /** Null means that the conversation goes on. */
  @Override
  protected @Nullable Boolean doAuth(Buffer buffer, boolean init) throws IOException {
    if (rounds.isEmpty()) {
      return false;
    }
    if (init) {
      return askNext();
    }
    buffer.getUByte();
    int count = buffer.getInt();
    if (count < 0 || count > ANSWER_LIMIT) {
      return false;
    }
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      answers.add(buffer.getString());
    }
    if (!rounds.get(asked - 1).accepts(answers) || !user.equals(getUsername())) {
      return false;
    }
    return asked == rounds.size() ? Boolean.TRUE : askNext();
  }

  private @Nullable Boolean askNext() throws IOException {
    ServerRound round = rounds.get(asked++);
    if (round.delay().isZero()) {
      send(round);
      return null;
    }
    timer.schedule(
        () -> {
          send(round);
          return null;
        },
        round.delay().toMillis(),
        MILLISECONDS);
    return null;
  }

  private void send(ServerRound round) throws IOException {
    Buffer request = getServerSession().createBuffer(SshConstants.SSH_MSG_USERAUTH_INFO_REQUEST);
    request.putString(round.name());
    request.putString(round.instruction());
    request.putString("");
    request.putInt(round.prompts().size());
    for (ServerRound.Ask prompt : round.prompts()) {
      request.putString(prompt.text());
      request.putBoolean(prompt.echo());
    }
    getServerSession().writePacket(request);
  }
}
