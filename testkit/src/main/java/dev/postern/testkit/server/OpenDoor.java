package dev.postern.testkit.server;

import java.io.IOException;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.server.session.ServerUserAuthService;
import org.apache.sshd.server.session.ServerUserAuthServiceFactory;

/** Lets the user in on the method {@code none}, which MINA's own service always refuses. */
final class OpenDoor extends ServerUserAuthService {
  static final String METHOD = "none";

  private final String user;
  private final ServerLog seen;

  private OpenDoor(Session session, String user, ServerLog seen) throws IOException {
    super(session);
    this.user = user;
    this.seen = seen;
  }

  @Override
  public synchronized void process(int command, Buffer buffer) throws Exception {
    if (command == SshConstants.SSH_MSG_USERAUTH_REQUEST) {
      int start = buffer.rpos();
      String name = buffer.getString();
      String service = buffer.getString();
      if (name.equals(user) && buffer.getString().equals(METHOD)) {
        seen.attempts.add(new Attempt(METHOD, name, Attempt.Outcome.ACCEPTED));
        ServerSession session = getServerSession();
        session.signalAuthenticationSuccess(name, service, buffer);
        return;
      }
      buffer.rpos(start);
    }
    super.process(command, buffer);
  }

  /** Makes one for each session. */
  static final class Factory extends ServerUserAuthServiceFactory {
    private final String user;
    private final ServerLog seen;

    Factory(String user, ServerLog seen) {
      this.user = user;
      this.seen = seen;
    }

    @Override
    public Service create(Session session) throws IOException {
      return new OpenDoor(session, user, seen);
    }
  }
}
