package com.example.postern.connector.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.Optional;

/** A private key as people put it into JSON. */
final class KeyText {
  private static final String BEGIN = "-----BEGIN ";

  private KeyText() {}

  /**
   * The key file's text, from the text itself, the text whose line breaks were escaped twice, or
   * base64 of it; empty if it is none of these.
   */
  static Optional<String> of(String value) {
    if (value.contains(BEGIN)) {
      return Optional.of(lines(value.replace("\\n", "\n")));
    }
    try {
      String decoded = new String(Base64.getMimeDecoder().decode(value), ISO_8859_1);
      return decoded.contains(BEGIN) ? Optional.of(lines(decoded)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String lines(String text) {
    return text.replace("\r\n", "\n").strip() + "\n";
  }
}
