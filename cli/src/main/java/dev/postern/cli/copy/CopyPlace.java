package dev.postern.cli.copy;

/**
 * A source or target as scp has it: {@code [user@]host:path}, {@code
 * scp://[user@]host[:port][/path]}, or a path of this machine. A colon behind a slash belongs to a
 * path, so {@code ./a:b} is one.
 *
 * @param destination a route or a server; empty for this machine
 * @param path as it was typed, maybe empty
 */
public record CopyPlace(String destination, String path) {
  private static final String SCHEME = "scp://";

  /** Reads what was typed. */
  public static CopyPlace parse(String text) {
    if (text.startsWith(SCHEME)) {
      return ofUri(text.substring(SCHEME.length()));
    }
    int from = 0;
    int bracket = text.indexOf('[');
    if (bracket == 0 || (bracket > 0 && text.charAt(bracket - 1) == '@')) {
      from = Math.max(0, text.indexOf("]:", bracket));
    }
    int colon = text.indexOf(':', from);
    int slash = text.indexOf('/');
    if (colon <= 0 || (slash >= 0 && slash < colon)) {
      return new CopyPlace("", text);
    }
    return new CopyPlace(text.substring(0, colon), text.substring(colon + 1));
  }

  /** The path counts from the home, as with scp; a second slash makes it absolute. */
  private static CopyPlace ofUri(String rest) {
    int slash = rest.indexOf('/');
    return slash < 0
        ? new CopyPlace("ssh://" + rest, "")
        : new CopyPlace("ssh://" + rest.substring(0, slash), rest.substring(slash + 1));
  }

  /** Whether it is on this machine. */
  public boolean isLocal() {
    return destination.isEmpty();
  }
}
