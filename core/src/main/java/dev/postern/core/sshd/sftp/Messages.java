package dev.postern.core.sshd.sftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.SftpMessage;
import org.apache.sshd.sftp.client.impl.AbstractSftpClient;
import org.apache.sshd.sftp.client.impl.SftpResponse;
import org.apache.sshd.sftp.common.SftpConstants;
import org.jspecify.annotations.Nullable;

/**
 * MINA's knowledge of how each request is asked and answered, on our wire. Names are bytes here,
 * one character each.
 */
final class Messages extends AbstractSftpClient {
  private static final int LONGEST_HANDLE = 256;

  private final Wire wire;
  private final @Nullable ClientChannel channel;
  private final NavigableMap<String, byte[]> extensions;
  private final Map<Integer, CompletableFuture<Buffer>> sent = new ConcurrentHashMap<>();

  Messages(Wire wire, @Nullable ClientChannel channel, Map<String, byte[]> extensions) {
    super(null);
    this.wire = wire;
    this.channel = channel;
    this.extensions = new TreeMap<>(extensions);
  }

  /** OPEN with the permissions of a new file, which MINA's own does not send. */
  CloseableHandle open(String path, int flags, int mode) throws IOException {
    Buffer request = new ByteArrayBuffer();
    putReferencedName(SftpConstants.SSH_FXP_OPEN, request, path, 0);
    request.putInt(flags);
    writeAttributes(SftpConstants.SSH_FXP_OPEN, request, new Attributes().perms(mode));
    byte[] handle = checkHandle(SftpConstants.SSH_FXP_OPEN, request);
    return new org.apache.sshd.sftp.client.impl.DefaultCloseableHandle(this, path, handle);
  }

  void makeFolder(String path, int mode) throws IOException {
    Buffer request = new ByteArrayBuffer();
    putReferencedName(SftpConstants.SSH_FXP_MKDIR, request, path, 0);
    writeAttributes(SftpConstants.SSH_FXP_MKDIR, request, new Attributes().perms(mode));
    checkCommandStatus(SftpConstants.SSH_FXP_MKDIR, request);
  }

  /** {@code posix-rename@openssh.com}: OpenSSH's PROTOCOL, section 4.3. */
  void posixRename(String from, String to) throws IOException {
    Buffer request = new ByteArrayBuffer();
    request.putString(Extensions.POSIX_RENAME, ISO_8859_1);
    putReferencedName(SftpConstants.SSH_FXP_EXTENDED, request, from, 0);
    putReferencedName(SftpConstants.SSH_FXP_EXTENDED, request, to, 1);
    checkCommandStatus(SftpConstants.SSH_FXP_EXTENDED, request);
  }

  /** {@code limits@openssh.com}: OpenSSH's PROTOCOL, section 4.8. */
  Extensions.Limits limits() throws IOException {
    Buffer request = new ByteArrayBuffer();
    request.putString(Extensions.LIMITS, ISO_8859_1);
    SftpResponse answer = rpc(SftpConstants.SSH_FXP_EXTENDED, request);
    if (answer.getType() != SftpConstants.SSH_FXP_EXTENDED_REPLY) {
      checkResponseStatus(answer);
    }
    Buffer body = answer.getBuffer();
    body.getLong();
    return new Extensions.Limits(body.getLong(), body.getLong());
  }

  Wire.Sent ask(int command, Buffer body) throws IOException {
    return wire.request(command, body);
  }

  SftpResponse answer(int command, CompletableFuture<Buffer> answer) throws IOException {
    return SftpResponse.parse(command, wire.await(answer));
  }

  @Override
  protected byte[] checkHandleResponse(SftpResponse response) throws IOException {
    byte[] handle = super.checkHandleResponse(response);
    if (handle.length > LONGEST_HANDLE) {
      throw wire.broken(
          "the server gave a handle of %d bytes; it may have %d"
              .formatted(handle.length, LONGEST_HANDLE),
          null);
    }
    return handle;
  }

  @Override
  public int send(int command, Buffer buffer) throws IOException {
    Wire.Sent request = wire.request(command, buffer);
    sent.put(request.id(), request.answer());
    return request.id();
  }

  @Override
  public Buffer receive(int id) throws IOException {
    CompletableFuture<Buffer> answer = sent.remove(id);
    if (answer == null) {
      throw new IllegalStateException("request " + id + " was not made");
    }
    return wire.await(answer);
  }

  @Override
  public Buffer receive(int id, long timeout) throws IOException {
    return receive(id);
  }

  @Override
  public Buffer receive(int id, Duration timeout) throws IOException {
    return receive(id);
  }

  /** For MINA's streams, which are not used. */
  @Override
  public SftpMessage write(int command, Buffer buffer) {
    throw new UnsupportedOperationException("writes go through SftpOutput");
  }

  @Override
  public int getVersion() {
    return SftpConstants.SFTP_V3;
  }

  @Override
  public Charset getNameDecodingCharset() {
    return ISO_8859_1;
  }

  @Override
  public void setNameDecodingCharset(Charset charset) {
    throw new UnsupportedOperationException("names are bytes");
  }

  @Override
  public NavigableMap<String, byte[]> getServerExtensions() {
    return extensions;
  }

  @Override
  public boolean isClosing() {
    return !wire.isOpen();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    wire.close();
  }

  @Override
  public ClientSession getClientSession() {
    throw new UnsupportedOperationException("the session belongs to the circuit");
  }

  @Override
  public @Nullable ClientChannel getClientChannel() {
    return channel;
  }
}
