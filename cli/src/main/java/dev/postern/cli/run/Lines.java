package dev.postern.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/** Writes whole lines of several targets, each under its label, byte-exact. */
final class Lines {
  /** A longer line goes out in pieces: what never ends must not fill the memory. */
  private static final int LONGEST = 1 << 20;

  private final OutputStream stream;
  private final boolean labelled;
  private final Map<String, ByteArrayOutputStream> begun = new HashMap<>();

  Lines(OutputStream stream, boolean labelled) {
    this.stream = stream;
    this.labelled = labelled;
  }

  void write(String target, byte[] bytes) throws IOException {
    ByteArrayOutputStream rest =
        begun.computeIfAbsent(target, unknown -> new ByteArrayOutputStream());
    ByteArrayOutputStream whole = new ByteArrayOutputStream(bytes.length + 80);
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        rest.write(bytes, from, i + 1 - from);
        from = i + 1;
        label(target, whole);
        rest.writeTo(whole);
        rest.reset();
      }
    }
    rest.write(bytes, from, bytes.length - from);
    if (rest.size() > LONGEST) {
      endLine(target, rest, whole);
    }
    flush(whole);
  }

  /** A last line without an end gets one. */
  void end(String target) throws IOException {
    ByteArrayOutputStream rest = begun.remove(target);
    if (rest != null && rest.size() > 0) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream(rest.size() + 80);
      endLine(target, rest, whole);
      flush(whole);
    }
  }

  private void endLine(String target, ByteArrayOutputStream rest, ByteArrayOutputStream whole)
      throws IOException {
    label(target, whole);
    rest.writeTo(whole);
    whole.write('\n');
    rest.reset();
  }

  private void label(String target, ByteArrayOutputStream whole) {
    if (labelled) {
      whole.writeBytes((target + ": ").getBytes(UTF_8));
    }
  }

  private void flush(ByteArrayOutputStream whole) throws IOException {
    if (whole.size() > 0) {
      whole.writeTo(stream);
      stream.flush();
    }
  }
}
