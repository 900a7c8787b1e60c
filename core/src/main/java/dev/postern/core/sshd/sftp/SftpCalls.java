package dev.postern.core.sshd.sftp;

import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.impl.SftpResponse;
import org.apache.sshd.sftp.client.impl.SftpStatus;
import org.apache.sshd.sftp.common.SftpConstants;
import org.jspecify.annotations.Nullable;

/** Requests of one session, and what their answers mean to a person. */
final class SftpCalls {
  /** What every server takes (filexfer-02 section 3 wants 34000 bytes in a packet). */
  private static final int USUAL_CHUNK = 32 << 10;

  /** More gains nothing. */
  private static final int LARGEST_CHUNK = 128 << 10;

  private final Wire wire;
  private final Messages messages;
  private final ReadAhead readAhead = new ReadAhead();
  private final int readSize;
  private final int writeSize;

  SftpCalls(Wire wire, Messages messages, Extensions.Limits limits) {
    this.wire = wire;
    this.messages = messages;
    this.readSize = chunk(limits.read());
    this.writeSize = chunk(limits.write());
  }

  private static int chunk(long limit) {
    return limit <= 0 ? USUAL_CHUNK : (int) Math.max(1024, Math.min(limit, LARGEST_CHUNK));
  }

  Messages messages() {
    return messages;
  }

  ReadAhead readAhead() {
    return readAhead;
  }

  int readSize() {
    return readSize;
  }

  int writeSize() {
    return writeSize;
  }

  CompletableFuture<Buffer> ask(int command, Buffer request) throws IOException {
    return messages.ask(command, request).answer();
  }

  SftpResponse answer(int command, CompletableFuture<Buffer> answer) throws IOException {
    return messages.answer(command, answer);
  }

  /** The answer is a status, and a good one. */
  void expectOk(SftpResponse answer) throws IOException {
    SftpStatus status = SftpStatus.parse(answer);
    if (!status.isOk()) {
      throw failed(status);
    }
  }

  /** The answer is the end of the file. */
  void expectEnd(SftpResponse answer) throws IOException {
    SftpStatus status = SftpStatus.parse(answer);
    if (status.getStatusCode() == SftpConstants.SSH_FX_EOF) {
      return;
    }
    if (status.isOk()) {
      throw broken("the server says that a read went well, and gives no data");
    }
    throw failed(status);
  }

  private static org.apache.sshd.sftp.common.SftpException failed(SftpStatus status) {
    return new org.apache.sshd.sftp.common.SftpException(
        status.getStatusCode(), String.valueOf(status.getMessage()));
  }

  SftpException broken(String sentence) {
    return wire.broken(sentence, null);
  }

  /** A call that may be answered by anything. */
  @FunctionalInterface
  interface Call<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /** Runs a call, and says in our words what went wrong with the path. */
  <T extends @Nullable Object> T guarded(String path, Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (SftpException | InterruptedIOException e) {
      throw e;
    } catch (org.apache.sshd.sftp.common.SftpException e) {
      throw explained(path, e);
    } catch (SshException | RuntimeException e) {
      // What MINA throws on an answer of another kind, or one that ends too soon.
      throw wire.broken(
          "the server's answer about %s is not what SFTP allows (%s)"
              .formatted(Sanitiser.line(path), Sanitiser.line(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private SftpException explained(String path, org.apache.sshd.sftp.common.SftpException failure) {
    String shown = Sanitiser.line(path);
    return switch (failure.getStatus()) {
      case SftpConstants.SSH_FX_NO_SUCH_FILE ->
          new SftpException(Code.FILE_NOT_FOUND, shown + ": the server has no such file", failure);
      case SftpConstants.SSH_FX_PERMISSION_DENIED ->
          new SftpException(Code.FILE_DENIED, shown + ": the server does not permit it", failure);
      case SftpConstants.SSH_FX_OP_UNSUPPORTED ->
          new SftpException(
              Code.SFTP_UNSUPPORTED, shown + ": the server cannot do what is asked", failure);
      case SftpConstants.SSH_FX_BAD_MESSAGE ->
          wire.broken(
              "the server's answer about %s is not what SFTP allows (%s)"
                  .formatted(shown, Sanitiser.line(String.valueOf(failure.getMessage()))),
              failure);
      default ->
          new SftpException(
              Code.FILE_FAILED,
              "%s: the server failed (status %d, it said: \"%s\")"
                  .formatted(
                      shown,
                      failure.getStatus(),
                      Sanitiser.line(String.valueOf(failure.getMessage()))),
              failure);
    };
  }

  void close(CloseableHandle handle, String path) throws IOException {
    guarded(
        path,
        () -> {
          Buffer request = handleRequest(handle);
          expectOk(answer(SftpConstants.SSH_FXP_CLOSE, ask(SftpConstants.SSH_FXP_CLOSE, request)));
          return path;
        });
  }

  /** Takes from a file what is behind its first bytes. */
  void cut(CloseableHandle handle, String path, long size) throws IOException {
    guarded(
        path,
        () -> {
          messages.setStat(handle, new Attributes().size(size));
          return path;
        });
  }

  /** Closes a handle whose end nobody waits for. */
  void closeLater(CloseableHandle handle) throws SftpException {
    if (wire.isOpen()) {
      wire.request(SftpConstants.SSH_FXP_CLOSE, handleRequest(handle));
    }
  }

  private static Buffer handleRequest(CloseableHandle handle) {
    Buffer request = new ByteArrayBuffer();
    request.putBytes(handle.getIdentifier());
    return request;
  }
}
