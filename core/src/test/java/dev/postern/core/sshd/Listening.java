package dev.postern.core.sshd;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.Readable;

/** Writes down what a link hands up. */
final class Listening implements IoHandler {
  final List<String> failures = new CopyOnWriteArrayList<>();
  final StringBuilder heard = new StringBuilder();

  @Override
  public void sessionCreated(IoSession session) {}

  @Override
  public void sessionClosed(IoSession session) {}

  @Override
  public void exceptionCaught(IoSession session, Throwable failure) {
    failures.add(failure.getMessage());
  }

  @Override
  public void messageReceived(IoSession session, Readable message) {
    byte[] bytes = new byte[message.available()];
    message.getRawBytes(bytes, 0, bytes.length);
    heard.append(new String(bytes, US_ASCII));
  }
}
