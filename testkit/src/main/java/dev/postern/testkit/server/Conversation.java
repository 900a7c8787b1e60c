package dev.postern.testkit.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.auth.AbstractUserAuth;
import org.apache.sshd.server.auth.AbstractUserAuthFactory;
import org.apache.sshd.server.auth.UserAuth;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of keyboard-interactive (RFC 4256), over several rounds: MINA's own has one.
 */
final class Conversation extends AbstractUserAuth {
  static final String METHOD = "keyboard-interactive";
  private static final int ANSWER_LIMIT = 100;

  private final String user;
  private final List<ServerRound> rounds;
  private int asked;

  private Conversation(String user, List<ServerRound> rounds) {
    super(METHOD);
    this.user = user;
    this.rounds = rounds;
  }

  /** Null means that the conversation goes on. */
  @Override
  protected @Nullable Boolean doAuth(Buffer buffer, boolean init) throws IOException {
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
    return null;
  }

  /** Makes one for each attempt. */
  static final class Factory extends AbstractUserAuthFactory {
    private final String user;
    private final List<ServerRound> rounds;

    Factory(String user, List<ServerRound> rounds) {
      super(METHOD);
      this.user = user;
      this.rounds = List.copyOf(rounds);
    }

    @Override
    public UserAuth createUserAuth(ServerSession session) {
      return new Conversation(user, rounds);
    }
  }
}
