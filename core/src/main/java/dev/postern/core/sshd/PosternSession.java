package dev.postern.core.sshd;

import dev.postern.core.hostkey.ServerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.sshd.client.ClientFactoryManager;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.kex.KexState;
import org.apache.sshd.common.kex.KeyExchange;
import org.apache.sshd.common.kex.extension.KexExtensions;
import org.apache.sshd.common.kex.extension.parser.ServerSignatureAlgorithms;
import org.apache.sshd.common.session.ReservedSessionMessagesHandler;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/** A session that asks its attempt about host key and signing in, and tells it what happens. */
final class PosternSession extends ClientSessionImpl {
  /**
   * A power of two, and no greater: MINA pads with up to twice as much, and a packet has one byte
   * for the number.
   */
  private static final int SECRET_BLOCK = 128;

  private static final String NO_COMPRESSION = BuiltinCompressions.none.getName();

  /** No honest server has more; MINA would reserve room for whatever number it is told. */
  private static final int EXTENSION_LIMIT = 64;

  private final ConnectAttempt attempt;
  private final EarlyExchange early;
  private @Nullable ServerKey shownKey;

  PosternSession(ClientFactoryManager client, IoSession ioSession, ConnectAttempt attempt)
      throws Exception {
    super(client, ioSession);
    this.attempt = attempt;
    this.early = attempt.earlyExchange();
    setReservedSessionMessagesHandler(new FollowFlag());
  }

  ConnectAttempt attempt() {
    return attempt;
  }

  EarlyExchange early() {
    return early;
  }

  /** Sends our proposal, and behind it what can be said without the server's. */
  @Override
  protected byte[] sendKexInit(Map<KexProposalOption, String> proposal) throws Exception {
    early.arrange(this, proposal, getKeyExchangeFactories());
    byte[] sent = super.sendKexInit(proposal);
    if (early.isOpen()) {
      early.begin(getClientVersion().getBytes(StandardCharsets.UTF_8), sent);
    }
    return sent;
  }

  /** The key exchange that a right guess has begun; null if there is none. */
  @Nullable KeyExchange takeBegun() {
    return early.take();
  }

  @Override
  protected String resolveAvailableSignaturesProposal(FactoryManager manager) {
    return String.join(",", attempt.hostKeyAlgorithms());
  }

  @Override
  protected void checkKeys() throws IOException {
    attempt.verify(Objects.requireNonNull(shownKey, "no key was shown"));
  }

  /** The key that this key exchange is about to prove, as the server sent it. */
  void keyShown(byte[] blob) {
    shownKey = new ServerKey(new ByteArrayBuffer(blob).getString(), blob);
  }

  /** Called with all that has come so far, until the server has said which SSH it speaks. */
  @Override
  protected boolean readIdentification(Buffer buffer) throws Exception {
    attempt.symptoms().greeted(buffer.array(), buffer.rpos(), buffer.available());
    boolean identified = super.readIdentification(buffer);
    if (identified) {
      attempt.symptoms().identified();
    }
    return identified;
  }

  /**
   * Whether nothing that comes can wait for a person or compute for long: signed in, and no keys
   * are being exchanged.
   */
  boolean isSettled() {
    return isAuthenticated() && kexState.get() == KexState.DONE;
  }

  /**
   * Hands on one packet at a time: MINA moves all that follows a packet to the front of its buffer,
   * which of many small ones that came together takes longer than all else.
   */
  @Override
  public void messageReceived(Readable bytes) throws Exception {
    while (bytes.available() > 0) {
      super.messageReceived(new Piece(bytes, Math.min(bytes.available(), missing())));
    }
  }

  /** How much more completes what the decoder waits for: a length, or a packet. */
  private int missing() {
    if (getServerVersion() == null) {
      return Integer.MAX_VALUE;
    }
    int tag = inCipher == null ? 0 : inCipher.getAuthenticationTagSize();
    int mac = inMac == null ? 0 : inMacSize;
    boolean open = tag > 0 || (inMac != null && inMac.isEncryptThenMac());
    int wanted = decoderLength + tag + mac;
    if (decoderState == 0) {
      wanted = 1 + (open ? Integer.BYTES : inCipherSize);
    }
    return Math.max(1, wanted - decoderBuffer.available());
  }

  private record Piece(Readable bytes, int available) implements Readable {
    @Override
    public void getRawBytes(byte[] data, int offset, int length) {
      bytes.getRawBytes(data, offset, length);
    }
  }

  /** RFC 4253 section 7.1: in the middle of a key exchange there is nothing else. */
  @Override
  protected void doHandleMessage(Buffer buffer) throws Exception {
    int command = buffer.rawByte(buffer.rpos()) & 0xff;
    KexState state = kexState.get();
    if (command > SshConstants.SSH_MSG_KEX_LAST
        && (state == KexState.RUN || state == KexState.KEYS)) {
      throw new SshException(
          SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR,
          "message %d in the middle of a key exchange".formatted(command));
    }
    super.doHandleMessage(buffer);
    if (command == SshConstants.SSH_MSG_KEXINIT && early.verdict() == EarlyExchange.Verdict.RIGHT) {
      // We said our part before. In the middle of it nothing but the exchange itself may be said.
      ((LinkIoSession) getIoSession()).acknowledge();
    } else if (attempt.earlyChannel().isAwaited()) {
      hurry();
    }
  }

  /**
   * OpenSSH's server holds a small packet back until the one before was acknowledged, and a hop
   * between us acknowledges after up to 40 ms, or at once with what it has to send: for want of
   * anything better, this.
   */
  void hurry() {
    if (!attempt.isThroughAHop()) {
      return;
    }
    try {
      sendIgnoreMessage();
    } catch (IOException e) {
      // Whoever waits is told why the session broke.
    }
  }

  /** Whether what we send is compressed once we are signed in. */
  boolean isToBeCompressed() {
    return !NO_COMPRESSION.equals(getNegotiatedKexParameter(KexProposalOption.C2SCOMP));
  }

  @Override
  protected void sendInitialServiceRequest() throws IOException {
    super.sendInitialServiceRequest();
    attempt.beginAuthentication();
  }

  /**
   * Packets that may hold a password or an answer are padded to whole blocks of 128 bytes, so that
   * their length, which is not encrypted, does not tell that of the secret. OpenSSH does the same
   * with 64. MINA has no hook for it, but takes the block that it pads to from a field; we are
   * under its lock here.
   */
  @Override
  protected Buffer encode(Buffer buffer) throws IOException {
    int command = buffer.rawByte(buffer.rpos()) & 0xff;
    if (command != SshConstants.SSH_MSG_USERAUTH_REQUEST
        && command != SshConstants.SSH_MSG_USERAUTH_INFO_RESPONSE) {
      return super.encode(buffer);
    }
    int block = outCipherSize;
    outCipherSize = SECRET_BLOCK;
    try {
      return super.encode(buffer);
    } finally {
      outCipherSize = block;
    }
  }

  @Override
  protected void handleKexExtension(int command, Buffer buffer) throws Exception {
    int start = buffer.rpos();
    if (buffer.available() >= Integer.BYTES && buffer.getUInt() > EXTENSION_LIMIT) {
      throw new SshException(
          SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR,
          "more extensions than any honest server has");
    }
    buffer.rpos(start);
    if (command == KexExtensions.SSH_MSG_EXT_INFO) {
      readExtensions(buffer);
      buffer.rpos(start);
    }
    super.handleKexExtension(command, buffer);
  }

  /** RFC 8308 section 2.3: names and values. */
  private void readExtensions(Buffer buffer) {
    long count = buffer.getUInt();
    for (int i = 0; i < count; i++) {
      String name = buffer.getString();
      byte[] value = buffer.getBytes();
      if (name.equals(ServerSignatureAlgorithms.NAME)) {
        String names = new String(value, StandardCharsets.US_ASCII);
        attempt.signatureAlgorithms(List.of(names.split(",")));
      }
    }
  }

  @Override
  protected void handleDisconnect(int code, String message, String language, Buffer buffer)
      throws Exception {
    attempt.symptoms().disconnected(message);
    super.handleDisconnect(code, message, language, buffer);
  }

  @Override
  public void exceptionCaught(Throwable failure) {
    attempt.symptoms().caught(failure);
    super.exceptionCaught(failure);
  }

  @Override
  protected Map<KexProposalOption, String> negotiate() throws Exception {
    Map<KexProposalOption, String> result = super.negotiate();
    if (initialKexDone) {
      attempt.negotiated(getServerVersion(), result, "");
      return result;
    }
    Map<KexProposalOption, String> theirs = getServerKexProposals();
    EarlyExchange.Verdict verdict =
        early.judge(
            getServerVersion(),
            getClientKexProposals(),
            theirs,
            result.getOrDefault(KexProposalOption.ALGORITHMS, ""));
    if (verdict == EarlyExchange.Verdict.STALE) {
      throw new SshException(
          SshConstants.SSH2_DISCONNECT_BY_APPLICATION, "the server knows a better key exchange");
    }
    attempt.negotiated(
        getServerVersion(), result, verdict == EarlyExchange.Verdict.RIGHT ? " (guessed)" : "");
    attempt.server().proposes(early.remembered(theirs));
    return result;
  }

  /**
   * Says in our proposal that a guess follows (RFC 4253 section 7.1: the byte before the last
   * four).
   */
  private final class FollowFlag implements ReservedSessionMessagesHandler {
    @Override
    public @Nullable IoWriteFuture sendKexInitRequest(
        Session session, Map<KexProposalOption, String> proposal, Buffer packet) {
      if (early.isOpen()) {
        packet.array()[packet.wpos() - Integer.BYTES - 1] = 1;
      }
      return null;
    }
  }
}
