package dev.postern.core.config;

import dev.postern.api.secret.Secret;

/** Has several routes use one answer of the person. */
public interface SharedSecrets {
  /** Each route asks for itself. */
  SharedSecrets NONE = (identity, secret) -> secret;

  /**
   * The secret to use in place of one that was bound.
   *
   * @param identity equal for secrets that are written alike; to compare, not to show
   */
  Secret shared(String identity, Secret secret);
}
