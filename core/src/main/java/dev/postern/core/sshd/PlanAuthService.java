package dev.postern.core.sshd;

import dev.postern.api.auth.Identity;
import dev.postern.api.secret.SecretValue;
import dev.postern.circuit.Phase;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.ServerMessage;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.client.session.ClientUserAuthService;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4252 and 4256 on the wire: messages in, moves out. What to say is the engine's business.
 * MINA's own methods are not used.
 */
final class PlanAuthService extends ClientUserAuthService {
  private static final String SERVICE = "ssh-connection";

  /** More than the engine lets pass; here it only bounds memory. */
  private static final int PROMPT_LIMIT = 256;

  /** Banners are for people: nobody reads more. */
  private static final int BANNER_LIMIT = 32;

  private static final int BANNER_LENGTH = 16 * 1024;

  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private volatile Class<?> lastMove = Void.class;
  private volatile @Nullable ProbedKey probed;
  private volatile boolean asked;
  private int banners;

  PlanAuthService(Session session) {
    super(session);
  }

  private PosternSession session() {
    return (PosternSession) clientSession;
  }

  @Override
  public void process(int command, Buffer buffer) throws Exception {
    ConnectAttempt attempt = session().attempt();
    try {
      if (command == SshConstants.SSH_MSG_USERAUTH_BANNER) {
        banner(attempt, buffer.getString());
        return;
      }
      ServerMessage message = parse(command, buffer);
      expected(command);
      attempt.heard(message);
      if (message instanceof ServerMessage.Success) {
        // What comes next is for the service that takes over.
        attempt.await(finished);
      }
    } catch (HopFailure e) {
      attempt.fail(e);
    }
  }

  private void banner(ConnectAttempt attempt, String text) throws HopFailure {
    banners++;
    if (banners > BANNER_LIMIT) {
      throw hostile("the server sent more than %d banners".formatted(BANNER_LIMIT));
    }
    attempt.banner(text.length() > BANNER_LENGTH ? text.substring(0, BANNER_LENGTH) : text);
  }

  /**
   * One answer for each request; a second one might meet a question that a person is looking at.
   */
  private void expected(int command) throws HopFailure {
    if (!asked) {
      throw hostile("the server sent message %d before it was asked anything".formatted(command));
    }
    asked = false;
  }

  private static HopFailure hostile(String sentence) {
    return new HopFailure(Code.AUTH_HOSTILE, Phase.AUTH, sentence);
  }

  private ServerMessage parse(int command, Buffer buffer) throws HopFailure {
    return switch (command) {
      case SshConstants.SSH_MSG_USERAUTH_SUCCESS -> new ServerMessage.Success();
      case SshConstants.SSH_MSG_USERAUTH_FAILURE -> failure(buffer);
      // 60 means another thing for each method (RFC 4252 section 6).
      case SshConstants.SSH_MSG_USERAUTH_INFO_REQUEST -> methodSpecific(buffer);
      default ->
          throw hostile("the server sent message %d, which has no place here".formatted(command));
    };
  }

  private static ServerMessage failure(Buffer buffer) {
    String methods = buffer.getString();
    boolean partial = buffer.getBoolean();
    return new ServerMessage.Failure(
        methods.isEmpty() ? List.of() : Arrays.asList(methods.split(",")), partial);
  }

  private ServerMessage methodSpecific(Buffer buffer) throws HopFailure {
    if (lastMove == ClientMove.ProbeKey.class || lastMove == ClientMove.SignWithKey.class) {
      return keyAcceptable(buffer);
    }
    if (lastMove == ClientMove.SendPassword.class || lastMove == ClientMove.SendNewPassword.class) {
      return new ServerMessage.ChangePassword(buffer.getString());
    }
    return infoRequest(buffer);
  }

  /** RFC 4252 section 7: it names the key that was probed, and no other may be signed with. */
  private ServerMessage keyAcceptable(Buffer buffer) throws HopFailure {
    String algorithm = buffer.getString();
    byte[] blob = buffer.getBytes();
    ProbedKey asked = probed;
    if (asked == null || !asked.isMeantBy(algorithm, blob)) {
      throw hostile("the server accepted another key than the one that was offered");
    }
    return new ServerMessage.KeyAcceptable();
  }

  private static ServerMessage infoRequest(Buffer buffer) throws HopFailure {
    String name = buffer.getString();
    String instruction = buffer.getString();
    buffer.getString(); // language tag, deprecated
    long count = buffer.getUInt();
    if (count > PROMPT_LIMIT) {
      throw hostile("the server asked %d questions at once; none was answered".formatted(count));
    }
    List<ServerMessage.Question> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      questions.add(new ServerMessage.Question(buffer.getString(), buffer.getBoolean()));
    }
    return new ServerMessage.InfoRequest(name, instruction, questions);
  }

  /**
   * Sends a move, and wipes what was secret in it. Called off the I/O threads: signing may block.
   */
  void send(ClientMove move) throws IOException {
    lastMove = move.getClass();
    session().attempt().sent(move);
    if (move instanceof ClientMove.AskMethods) {
      write(request("none"));
    } else if (move instanceof ClientMove.ProbeKey probe) {
      ProbedKey key = new ProbedKey(probe);
      probed = key;
      Buffer buffer = request("publickey");
      buffer.putBoolean(false);
      buffer.putString(probe.algorithm());
      buffer.putBytes(key.blob());
      write(buffer);
    } else if (move instanceof ClientMove.SignWithKey signed) {
      write(signed(signed.identity(), signed.algorithm()));
    } else if (move instanceof ClientMove.SendPassword password) {
      Buffer buffer = request("password");
      buffer.putBoolean(false);
      put(buffer, password.password());
      writeAndWipe(buffer);
    } else if (move instanceof ClientMove.SendNewPassword change) {
      Buffer buffer = request("password");
      buffer.putBoolean(true);
      put(buffer, change.current());
      put(buffer, change.replacement());
      writeAndWipe(buffer);
    } else if (move instanceof ClientMove.StartConversation) {
      Buffer buffer = request("keyboard-interactive");
      buffer.putString(""); // language tag, deprecated
      buffer.putString(""); // submethods: the server chooses
      write(buffer);
    } else if (move instanceof ClientMove.SendAnswers answers) {
      Buffer buffer = session().createBuffer(SshConstants.SSH_MSG_USERAUTH_INFO_RESPONSE);
      buffer.putUInt(answers.answers().size());
      answers.answers().forEach(answer -> put(buffer, answer));
      writeAndWipe(buffer);
    }
    session().attempt().written(move);
  }

  /** We are in: what follows is for the connection service. */
  void finish() throws IOException {
    session().setAuthenticated();
    session().switchToNextService();
    finished.complete(null);
  }

  private Buffer request(String method) {
    Buffer buffer = session().createBuffer(SshConstants.SSH_MSG_USERAUTH_REQUEST);
    buffer.putString(session().getUsername());
    buffer.putString(SERVICE);
    buffer.putString(method);
    return buffer;
  }

  /** RFC 4252 section 7: the signature covers the session identifier and the request itself. */
  private Buffer signed(Identity identity, String algorithm) throws IOException {
    Buffer toSign = new ByteArrayBuffer();
    toSign.putBytes(session().getSessionId());
    toSign.putByte(SshConstants.SSH_MSG_USERAUTH_REQUEST);
    putSignedPart(toSign, identity, algorithm);
    byte[] signature = identity.sign(algorithm, toSign.getCompactData());
    Buffer buffer = session().createBuffer(SshConstants.SSH_MSG_USERAUTH_REQUEST);
    putSignedPart(buffer, identity, algorithm);
    buffer.putBytes(signature);
    return buffer;
  }

  private void putSignedPart(Buffer buffer, Identity identity, String algorithm) {
    buffer.putString(session().getUsername());
    buffer.putString(SERVICE);
    buffer.putString("publickey");
    buffer.putBoolean(true);
    buffer.putString(algorithm);
    buffer.putBytes(identity.publicKey());
  }

  private static void put(Buffer buffer, SecretValue value) {
    byte[] bytes = value.utf8();
    buffer.putBytes(bytes);
    Arrays.fill(bytes, (byte) 0);
    value.close();
  }

  private void write(Buffer buffer) throws IOException {
    asked = true;
    session().writePacket(buffer);
  }

  /** Packets are encrypted in place, and what is left of this one is overwritten once it is out. */
  private void writeAndWipe(Buffer buffer) throws IOException {
    byte[] bytes = buffer.array();
    asked = true;
    session().writePacket(buffer).addListener(written -> Arrays.fill(bytes, (byte) 0));
  }
}
