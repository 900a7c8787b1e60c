package dev.postern.api.secret;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * A secret in memory: a password, a code, a passphrase. It prints as {@code ***}, and {@link
 * #close} overwrites it.
 *
 * <p>Whoever receives a value owns it and closes it after use. Safe for use by several threads.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class SecretValue implements AutoCloseable {
  private static final String MASK = "***";

  private final char[] characters;
  private boolean closed;

  private SecretValue(char[] characters) {
    this.characters = characters;
  }

  /** Copies the characters; the caller wipes its own array. */
  public static SecretValue of(char[] characters) {
    return new SecretValue(requireNonNull(characters, "characters is null").clone());
  }

  /** Copies the text. Prefer {@link #of(char[])}: a String cannot be wiped. */
  public static SecretValue of(CharSequence text) {
    char[] copy = new char[text.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = text.charAt(i);
    }
    return new SecretValue(copy);
  }

  /**
   * Decodes UTF-8; the caller wipes its own array.
   *
   * @throws IllegalArgumentException if the bytes are not UTF-8; the message does not quote them
   */
  public static SecretValue ofUtf8(byte[] bytes) {
    CharBuffer decoded;
    try {
      decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the secret is not valid UTF-8", e);
    }
    try {
      char[] copy = new char[decoded.remaining()];
      decoded.duplicate().get(copy);
      return new SecretValue(copy);
    } finally {
      decoded.clear();
      for (int i = 0; i < decoded.capacity(); i++) {
        decoded.put(i, '\0');
      }
    }
  }

  /**
   * A copy of the characters, which the caller wipes.
   *
   * @throws IllegalStateException if this value is closed
   */
  public synchronized char[] chars() {
    if (closed) {
      throw new IllegalStateException("the secret was already wiped");
    }
    return characters.clone();
  }

  /**
   * The value in UTF-8 (RFC 4252 section 8), which the caller wipes.
   *
   * @throws IllegalStateException if this value is closed
   */
  public byte[] utf8() {
    char[] copy = chars();
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(copy));
    try {
      byte[] bytes = new byte[encoded.remaining()];
      encoded.duplicate().get(bytes);
      return bytes;
    } finally {
      Arrays.fill(copy, '\0');
      encoded.clear();
      for (int i = 0; i < encoded.capacity(); i++) {
        encoded.put(i, (byte) 0);
      }
    }
  }

  /** A second value with the same characters and a life of its own. */
  public SecretValue copy() {
    return new SecretValue(chars());
  }

  /** The number of characters. */
  public int length() {
    return characters.length;
  }

  /** Whether both hold the same characters; takes the same time wherever they differ. */
  public boolean sameAs(SecretValue other) {
    byte[] mine = utf8();
    byte[] theirs = other.utf8();
    try {
      return MessageDigest.isEqual(mine, theirs);
    } finally {
      Arrays.fill(mine, (byte) 0);
      Arrays.fill(theirs, (byte) 0);
    }
  }

  /** Overwrites the characters. May be called again. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(characters, '\0');
  }

  @Override
  public String toString() {
    return MASK;
  }
}
