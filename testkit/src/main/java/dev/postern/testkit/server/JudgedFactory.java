package dev.postern.testkit.server;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.sshd.server.auth.AbstractUserAuthFactory;
import org.apache.sshd.server.auth.UserAuth;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.session.ServerSession;

/** Makes the server's side of a method, one for each attempt. */
final class JudgedFactory extends AbstractUserAuthFactory {
  private final String user;
  private final List<List<Step>> ways;
  private final ServerLog seen;
  private final Cut cut;
  private final ScheduledExecutorService timer;

  JudgedFactory(
      String method,
      String user,
      List<List<Step>> ways,
      ServerLog seen,
      Cut cut,
      ScheduledExecutorService timer) {
    super(method);
    this.user = user;
    this.ways = ways;
    this.seen = seen;
    this.cut = cut;
    this.timer = timer;
  }

  @Override
  public UserAuth createUserAuth(ServerSession session) throws IOException {
    Progress progress = Progress.of(session, ways);
    UserAuth method =
        switch (getName()) {
          case PasswordSignIn.METHOD -> new PasswordSignIn(user, progress);
          case Conversation.METHOD -> new Conversation(user, progress, timer);
          default -> UserAuthPublicKeyFactory.INSTANCE.createUserAuth(session);
        };
    return new Judged(method, progress, seen, cut, timer);
  }
}
