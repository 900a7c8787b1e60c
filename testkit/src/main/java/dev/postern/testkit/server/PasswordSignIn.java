package dev.postern.testkit.server;

import java.io.IOException;
import java.util.Optional;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.auth.AbstractUserAuth;
import org.jspecify.annotations.Nullable;

/** The server's side of the password method and of a change (RFC 4252 section 8). */
final class PasswordSignIn extends AbstractUserAuth {
  static final String METHOD = "password";
  private static final String EXPIRED = "Your password has expired.";

  private final String user;
  private final Progress progress;

  PasswordSignIn(String user, Progress progress) {
    super(METHOD);
    this.user = user;
    this.progress = progress;
  }

  /** Null means that a change was asked for. */
  @Override
  protected @Nullable Boolean doAuth(Buffer buffer, boolean init) throws IOException {
    boolean change = buffer.getBoolean();
    String given = buffer.getString();
    Optional<Step> step = progress.next(METHOD);
    if (step.isEmpty() || !(step.get().wanted() instanceof Wanted.Password wanted)) {
      return false;
    }
    if (!user.equals(getUsername()) || !wanted.value().equals(given)) {
      return false;
    }
    if (wanted.replacement().isEmpty()) {
      return !change;
    }
    if (change && wanted.replacement().get().equals(buffer.getString())) {
      return true;
    }
    askForNew();
    return null;
  }

  private void askForNew() throws IOException {
    Buffer request =
        getServerSession().createBuffer(SshConstants.SSH_MSG_USERAUTH_PASSWD_CHANGEREQ);
    request.putString(EXPIRED);
    request.putString("");
    getServerSession().writePacket(request);
  }
}
