package dev.postern.auth.publickey;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** Reads the few DER types that private keys are made of (X.690). */
final class DerReader {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int SEQUENCE = 0x30;
  private static final int CONTEXT = 0xa0;

  private final byte[] bytes;
  private int position;

  DerReader(byte[] bytes) {
    this.bytes = bytes;
  }

  DerReader sequence() throws KeyFormatException {
    return new DerReader(value(SEQUENCE));
  }

  BigInteger integer() throws KeyFormatException {
    byte[] value = value(INTEGER);
    if (value.length == 0) {
      throw new KeyFormatException("an integer is empty");
    }
    return new BigInteger(value);
  }

  byte[] octets() throws KeyFormatException {
    return value(OCTET_STRING);
  }

  /** The bytes of a bit string that fills whole octets. */
  byte[] bits() throws KeyFormatException {
    byte[] value = value(BIT_STRING);
    if (value.length == 0 || value[0] != 0) {
      throw new KeyFormatException("a bit string does not fill whole octets");
    }
    return Arrays.copyOfRange(value, 1, value.length);
  }

  String objectIdentifier() throws KeyFormatException {
    byte[] value = value(OBJECT_IDENTIFIER);
    if (value.length == 0) {
      throw new KeyFormatException("an object identifier is empty");
    }
    StringBuilder text = new StringBuilder();
    text.append((value[0] & 0xff) / 40).append('.').append((value[0] & 0xff) % 40);
    long number = 0;
    for (int i = 1; i < value.length; i++) {
      number = (number << 7) | (value[i] & 0x7f);
      if (value[i] >= 0) {
        text.append('.').append(number);
        number = 0;
      }
    }
    return text.toString();
  }

  /** What is inside the context-specific, explicit tag of that number, if it comes next. */
  Optional<DerReader> tagged(int number) throws KeyFormatException {
    return next() == (CONTEXT | number)
        ? Optional.of(new DerReader(value(CONTEXT | number)))
        : Optional.empty();
  }

  boolean isAtInteger() {
    return next() == INTEGER;
  }

  boolean isAtSequence() {
    return next() == SEQUENCE;
  }

  private int next() {
    return position < bytes.length ? bytes[position] & 0xff : -1;
  }

  private byte[] value(int tag) throws KeyFormatException {
    if (next() != tag) {
      throw new KeyFormatException("the DER structure is not that of a private key");
    }
    position++;
    int length = length();
    if (length < 0 || length > bytes.length - position) {
      throw new KeyFormatException("a DER length reaches beyond the end of the data");
    }
    byte[] value = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return value;
  }

  private int length() throws KeyFormatException {
    int first = octet();
    if (first < 0x80) {
      return first;
    }
    int count = first & 0x7f;
    if (count == 0 || count > 3) {
      throw new KeyFormatException("a DER length is malformed");
    }
    int length = 0;
    for (int i = 0; i < count; i++) {
      length = (length << 8) | octet();
    }
    return length;
  }

  private int octet() throws KeyFormatException {
    if (position == bytes.length) {
      throw new KeyFormatException("the DER data ends too early");
    }
    return bytes[position++] & 0xff;
  }
}
