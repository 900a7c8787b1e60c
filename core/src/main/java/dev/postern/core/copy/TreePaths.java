package dev.postern.core.copy;

/** Paths as text. */
final class TreePaths {
  private TreePaths() {}

  static String join(String folder, String name) {
    if (folder.isEmpty() || folder.equals(".")) {
      return name;
    }
    return folder.endsWith("/") ? folder + name : folder + "/" + name;
  }

  static String withoutEnd(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /**
   * The last name; empty where a path ends in none of its own: {@code .}, {@code ..}, {@code /}.
   */
  static String name(String path) {
    String trimmed = withoutEnd(path);
    String name = trimmed.substring(trimmed.lastIndexOf('/') + 1);
    return name.equals(".") || name.equals("..") ? "" : name;
  }

  static String folder(String path) {
    String trimmed = withoutEnd(path);
    int slash = trimmed.lastIndexOf('/');
    if (slash < 0) {
      return ".";
    }
    return slash == 0 ? "/" : trimmed.substring(0, slash);
  }
}
