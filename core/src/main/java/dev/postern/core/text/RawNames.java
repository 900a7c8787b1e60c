package dev.postern.core.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Names that are bytes, as text and back without loss: UTF-8, and for each byte that is none a lone
 * surrogate from U+DC80 to U+DCFF (as Python's PEP 383 has it).
 */
public final class RawNames {
  private static final int BASE = 0xDC00;

  private RawNames() {}

  /** The bytes as text. */
  public static String text(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer output = CharBuffer.allocate(bytes.length);
    while (true) {
      CoderResult result = decoder.decode(input, output, true);
      if (!result.isError()) {
        break;
      }
      for (int i = 0; i < result.length(); i++) {
        output.put((char) (BASE + (input.get() & 0xff)));
      }
    }
    return output.flip().toString();
  }

  /** The text as the bytes that it was made of. */
  public static byte[] bytes(String text) {
    if (text.chars().noneMatch(RawNames::isByte)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() * 3);
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (isByte(point)) {
        bytes.write(point - BASE);
      } else {
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  /** Whether the text stands for bytes that are not UTF-8. */
  public static boolean hasBytes(String text) {
    return text.codePoints().anyMatch(RawNames::isByte);
  }

  private static boolean isByte(int point) {
    return point >= BASE + 0x80 && point <= BASE + 0xff;
  }
}
