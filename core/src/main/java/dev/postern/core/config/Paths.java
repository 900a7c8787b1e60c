package dev.postern.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.postern.core.text.Sanitiser;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes the paths of keys, and takes keys away. */
final class Paths {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_-]+");

  private Paths() {}

  /** A key that is more than a word is quoted, as it would have to be in the file. */
  static String child(String path, String key) {
    String written =
        WORD.matcher(key).matches() ? key : Sanitiser.line(ConfigUtil.quoteString(key));
    return path.isEmpty() ? written : path + "." + written;
  }

  static String element(String path, int index) {
    return path + "[" + index + "]";
  }

  /** A null takes a key away, as if it had never been written, and what is beneath it holds. */
  static ConfigObject withoutNulls(ConfigObject object) {
    ConfigObject result = object;
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      if (entry.getValue().valueType() == ConfigValueType.NULL) {
        result = result.withoutKey(entry.getKey());
      }
    }
    return result;
  }
}
