package dev.postern.core.copy;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which names of another machine may be names in a folder of ours. */
final class SafeNames {
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\\$|conout\\$)\\s*(\\..*)?");
  private static final String NOT_ON_WINDOWS = "\\:*?\"<>|";

  private SafeNames() {}

  /** Why it may not, null if it may; what holds everywhere. */
  static @Nullable String unfit(String name) {
    if (name.isEmpty()) {
      return "it is empty";
    }
    if (name.equals(".") || name.equals("..")) {
      return "it means a folder that is there already";
    }
    if (name.indexOf('/') >= 0) {
      return "it has a / in it";
    }
    return name.indexOf('\0') >= 0 ? "it has a zero byte in it" : null;
  }

  /** The same for Windows, where a name can be a path, a device or a stream. */
  static @Nullable String unfitForWindows(String name) {
    String anywhere = unfit(name);
    if (anywhere != null) {
      return anywhere;
    }
    if (name.chars().anyMatch(each -> each < ' ' || NOT_ON_WINDOWS.indexOf(each) >= 0)) {
      return "it has a character in it that Windows does not allow";
    }
    if (name.endsWith(".") || name.endsWith(" ")) {
      return "it ends in a character that Windows drops";
    }
    return DEVICE.matcher(name.toLowerCase(Locale.ROOT)).matches()
        ? "it is a device of Windows"
        : null;
  }
}
