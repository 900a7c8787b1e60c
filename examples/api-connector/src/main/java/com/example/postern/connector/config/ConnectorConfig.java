package com.example.postern.connector.config;

import dev.postern.api.secret.Secret;
import java.util.Optional;

/**
 * What a run is told.
 *
 * @param server the SSH server, empty where a route of a Postern configuration leads to the API
 * @param target where the API listens, seen from the last server; empty to use a route's own
 * @param access how the API knows us
 * @param job what is read, and where it goes
 * @param database the database, empty for the file that needs none
 */
public record ConnectorConfig(
    Optional<SshServer> server,
    Optional<Target> target,
    ApiAccess access,
    Job job,
    Optional<Database> database) {

  /** A database, as JDBC has it; user and password where the URL does not say. */
  public record Database(String url, Optional<String> user, Optional<Secret> password) {}

  /** Where the API listens. */
  public record Target(String host, int port) {
    /** As in a URL: {@code [::1]:5005}. */
    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }
}
