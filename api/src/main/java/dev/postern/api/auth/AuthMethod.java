package dev.postern.api.auth;

import java.util.Arrays;
import java.util.Optional;
import org.apiguardian.api.API;

/** The authentication methods that a plan can use, by their names on the wire. */
@API(status = API.Status.STABLE, since = "1.0")
public enum AuthMethod {
  /** RFC 4252 section 7. */
  PUBLICKEY("publickey"),
  /** RFC 4252 section 8. */
  PASSWORD("password"),
  /** RFC 4256. */
  KEYBOARD_INTERACTIVE("keyboard-interactive");

  private final String wireName;

  AuthMethod(String wireName) {
    this.wireName = wireName;
  }

  /** The name as servers list it. */
  public String wireName() {
    return wireName;
  }

  /** The method of that name, empty for one that we do not know. */
  public static Optional<AuthMethod> of(String wireName) {
    return Arrays.stream(values()).filter(method -> method.wireName.equals(wireName)).findFirst();
  }

  @Override
  public String toString() {
    return wireName;
  }
}
