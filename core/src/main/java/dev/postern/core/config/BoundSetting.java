package dev.postern.core.config;

/**
 * A value that was bound.
 *
 * @param path its key
 * @param shown the value for people, secrets masked
 * @param identity the value for comparing hops; may be secret, so it is only ever digested
 * @param origin where it comes from
 */
record BoundSetting(String path, String shown, String identity, String origin) {
  /** A value that is no secret. */
  static BoundSetting plain(String path, String value, String origin) {
    return new BoundSetting(path, value, value, origin);
  }

  @Override
  public String toString() {
    return path + " = " + shown;
  }
}
