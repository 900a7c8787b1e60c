package dev.postern.api.secret;

/** A secret that was given as it is. */
record KnownSecret(SecretValue value) implements Secret {
  @Override
  public SecretValue read() {
    return value.copy();
  }

  @Override
  public boolean isAtHand() {
    return true;
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
