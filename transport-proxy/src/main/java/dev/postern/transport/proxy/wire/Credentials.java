package dev.postern.transport.proxy.wire;

import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.util.Optional;

/**
 * Who we are to a proxy. The password is read when the proxy asked for it.
 *
 * @param user as configured
 * @param password where it comes from
 */
public record Credentials(String user, Secret password) {
  /**
   * Both or neither, from settings.
   *
   * @throws IllegalArgumentException if one is missing
   */
  public static Optional<Credentials> of(Optional<String> user, Optional<Secret> password) {
    if (user.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException(
          user.isPresent()
              ? "'user' needs a 'password' beside it"
              : "'password' needs a 'user' beside it");
    }
    if (user.isPresent() && user.get().isEmpty()) {
      throw new IllegalArgumentException("'user' is empty");
    }
    return user.map(name -> new Credentials(name, password.orElseThrow()));
  }

  /**
   * Reads a secret of a proxy.
   *
   * @param what it is: "the password of alice"
   * @return the value, which the caller closes
   */
  public static SecretValue read(Secret secret, String what, Proxy proxy)
      throws IOException, InterruptedException {
    try {
      return secret.read();
    } catch (SecretException e) {
      if (Thread.interrupted()) {
        throw proxy.interrupted("%s for %s".formatted(what, proxy));
      }
      throw new IOException(
          "%s for %s is not to be had: %s".formatted(what, proxy, e.getMessage()), e);
    }
  }
}
