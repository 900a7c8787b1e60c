package dev.postern.auth.publickey;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The first block of a PEM file (RFC 7468, and RFC 1421's headers). Works on octets, so that an
 * unencrypted key never becomes a String.
 */
final class PemText {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private final String label;
  private final Map<String, String> headers;
  private final byte[] body;

  private PemText(String label, Map<String, String> headers, byte[] body) {
    this.label = label;
    this.headers = headers;
    this.body = body;
  }

  static boolean looksLikePem(byte[] file) {
    return lineStarting(file, BEGIN, 0) >= 0;
  }

  static PemText parse(byte[] file) throws KeyFormatException {
    int begin = lineStarting(file, BEGIN, 0);
    int end = lineStarting(file, END, Math.max(begin, 0));
    if (begin < 0 || end < 0) {
      throw new KeyFormatException("it has no BEGIN and END lines");
    }
    String first = line(file, begin);
    String label = first.substring(BEGIN.length()).replace(DASHES, "");
    int position = nextLine(file, begin);
    Map<String, String> headers = new LinkedHashMap<>();
    while (position < end && hasColon(file, position)) {
      String header = line(file, position);
      int colon = header.indexOf(':');
      headers.put(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
      position = nextLine(file, position);
    }
    byte[] base64 = Arrays.copyOfRange(file, position, end);
    try {
      return new PemText(label, headers, Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new KeyFormatException("its base64 is damaged");
    } finally {
      Arrays.fill(base64, (byte) 0);
    }
  }

  String label() {
    return label;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The decoded octets, not a copy. */
  byte[] body() {
    return body;
  }

  private static boolean hasColon(byte[] file, int start) {
    for (int i = start; i < file.length && file[i] != '\n'; i++) {
      if (file[i] == ':') {
        return true;
      }
    }
    return false;
  }

  private static String line(byte[] file, int start) {
    return new String(file, start, nextLine(file, start) - start, StandardCharsets.UTF_8).strip();
  }

  private static int nextLine(byte[] file, int start) {
    int i = start;
    while (i < file.length && file[i] != '\n') {
      i++;
    }
    return Math.min(i + 1, file.length);
  }

  private static int lineStarting(byte[] file, String prefix, int from) {
    byte[] wanted = prefix.getBytes(StandardCharsets.US_ASCII);
    for (int start = from; start < file.length; start = nextLine(file, start)) {
      int end = Math.min(start + wanted.length, file.length);
      if (Arrays.equals(file, start, end, wanted, 0, wanted.length)) {
        return start;
      }
    }
    return -1;
  }
}
