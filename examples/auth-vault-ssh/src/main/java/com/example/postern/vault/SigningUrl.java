package com.example.postern.vault;

import java.net.URI;
import java.net.URISyntaxException;

/** Where keys are signed: {@code <address>/v1/<mount>/sign/<role>}. */
record SigningUrl(URI uri) {
  /**
   * Puts it together.
   *
   * @throws IllegalArgumentException with the key that is wrong, and how
   */
  static SigningUrl of(String address, String mount, String role) {
    if (!Plain.isPath(mount)) {
      throw new IllegalArgumentException(
          "mount: '" + Plain.line(mount) + "' is no path such as teams/ssh");
    }
    if (!Plain.isPath(role) || role.indexOf('/') >= 0) {
      throw new IllegalArgumentException("role: '" + Plain.line(role) + "' is no name");
    }
    URI base = base(address);
    String path = base.getRawPath().replaceFirst("/+$", "");
    return new SigningUrl(
        URI.create(
            base.getScheme()
                + "://"
                + base.getRawAuthority()
                + path
                + "/v1/"
                + mount
                + "/sign/"
                + role));
  }

  private static URI base(String address) {
    URI base;
    try {
      base = new URI(address);
    } catch (URISyntaxException e) {
      // Its message has the address, which may hold a password.
      throw new IllegalArgumentException("address: is no URL such as https://vault:8200");
    }
    boolean web = "https".equals(base.getScheme()) || "http".equals(base.getScheme());
    if (!web || base.getHost() == null || base.getRawPath() == null) {
      throw new IllegalArgumentException("address: is no URL such as https://vault:8200");
    }
    if (base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "address: must have no user, no '?' and no '#'; the token has a key of its own");
    }
    if ("http".equals(base.getScheme()) && !isLoopback(base.getHost())) {
      throw new IllegalArgumentException(
          "address: must begin with https://, since the token is sent there");
    }
    return base;
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
