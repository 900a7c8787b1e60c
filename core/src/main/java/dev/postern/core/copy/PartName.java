package dev.postern.core.copy;

import dev.postern.core.text.RawNames;
import dev.postern.sftp.FileInfo;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The name of a copy that is not complete. It tells which version of which file it is of, by size
 * and time, so that another one is never continued.
 */
final class PartName {
  private static final String END = ".part";
  private static final Pattern SHAPE = Pattern.compile(".*\\.[0-9a-f]{8}\\.part", Pattern.DOTALL);

  /** What file systems take for one name, less what we add. */
  private static final int LONGEST = 255 - 9 - END.length();

  private PartName() {}

  static String of(String name, FileInfo source) {
    CRC32 version = new CRC32();
    version.update(RawNames.bytes(name));
    String told =
        "/%d/%d"
            .formatted(source.size(), source.modified().map(t -> t.getEpochSecond()).orElse(0L));
    version.update(told.getBytes(StandardCharsets.US_ASCII));
    return shortened(name) + "." + HexFormat.of().toHexDigits(version.getValue(), 8) + END;
  }

  private static String shortened(String name) {
    // No more characters than bytes: of a name without end, only its beginning is looked at.
    int points = Math.min(name.codePointCount(0, name.length()), LONGEST);
    String cut = name.substring(0, name.offsetByCodePoints(0, points));
    while (RawNames.bytes(cut).length > LONGEST) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }

  static boolean isOne(String name) {
    return name.endsWith(END) && SHAPE.matcher(name).matches();
  }
}
