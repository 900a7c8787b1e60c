package dev.postern.integration;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import java.nio.file.Path;

/** A circuit of one hop, to a real server of its own. */
record OneHop(RealSshd server, Postern postern, Circuit circuit) implements AutoCloseable {
  /** With a new key of the account, in a folder for all that is written. */
  static OneHop open(RealSshd server, Account account, Path folder) throws Exception {
    String auth =
        "[ { type = publickey, identities = [\"%s\"], agent = false } ]"
            .formatted(account.authorizeNewKey(folder));
    Postern postern = Postern.load(new RouteFile(folder).hop(server, account.name(), auth).write());
    return new OneHop(server, postern, postern.open("it"));
  }

  @Override
  public void close() {
    postern.close();
    server.close();
  }
}
