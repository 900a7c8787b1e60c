package dev.postern.integration;

import java.nio.file.Path;

/** Two real servers, one behind the other, and a route through both. */
final class TwoHops implements AutoCloseable {
  private final Account account = Account.create();
  private final RealSshd first;
  private final RealSshd second;
  private final Path configuration;

  private TwoHops(Path folder) {
    String auth =
        "[ { type = publickey, identities = [\"%s\"], agent = false } ]"
            .formatted(account.authorizeNewKey(folder));
    first = RealSshd.in(folder).option("MaxSessions", "100").start();
    second = RealSshd.in(folder).option("MaxSessions", "100").start();
    configuration =
        new RouteFile(folder)
            .hop(first, account.name(), auth)
            .hop(second, account.name(), auth)
            .write();
  }

  static TwoHops in(Path folder) {
    return new TwoHops(folder);
  }

  Path configuration() {
    return configuration;
  }

  /** As a factory of sockets is told. */
  String route() {
    return configuration + "#it";
  }

  String user() {
    return account.name();
  }

  RealSshd first() {
    return first;
  }

  RealSshd second() {
    return second;
  }

  /** Kills the connections through the first server, and leaves the server alone. */
  void cutLinks() {
    // What serves a user is named "sshd: NAME"; the listener is not.
    Commands.run("pkill", "-KILL", "-f", "^sshd: " + account.name() + "( |$)");
  }

  @Override
  public void close() {
    second.close();
    first.close();
    account.close();
  }
}
