package dev.postern.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.circuit.TcpStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;

/** A connection whose far end says one thing and hears all. */
final class FakeStream implements TcpStream {
  private final InputStream input;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  FakeStream(String says) {
    input = new ByteArrayInputStream(says.getBytes(UTF_8));
  }

  String said() {
    return output.toString(UTF_8);
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public ByteArrayOutputStream output() {
    return output;
  }

  @Override
  public void close() {}
}
