package com.example.postern.connector.config;

import dev.postern.api.secret.Secret;

/** How the API knows us. */
public sealed interface ApiAccess {
  /** {@code Authorization: apiKey <key>}. */
  record ApiKey(Secret key) implements ApiAccess {}

  /** HTTP Basic (RFC 7617). */
  record Basic(String user, Secret password) implements ApiAccess {}

  /** A bearer token (RFC 6750). */
  record Bearer(Secret token) implements ApiAccess {}

  /** A token that the API hands out for a user and a password, sent as JSON. */
  record SessionToken(String user, Secret password, String login) implements ApiAccess {}
}
