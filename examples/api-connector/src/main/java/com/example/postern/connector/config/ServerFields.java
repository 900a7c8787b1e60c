package com.example.postern.connector.config;

import dev.postern.api.secret.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The keys of a configuration file that say which SSH server to go through. */
final class ServerFields {
  static final List<String> KEYS =
      List.of(
          "ssh_host",
          "ssh_port",
          "ssh_user",
          "ssh_password",
          "ssh_private_key",
          "ssh_key_passphrase",
          "ssh_known_hosts",
          "ssh_host_key",
          "ssh_strict_host_keys",
          "local_port");

  private enum Strictness {
    YES("yes"),
    ACCEPT_NEW("accept-new");

    private final String label;

    Strictness(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  private ServerFields() {}

  static SshServer read(Fields fields) {
    String host = fields.required("ssh_host");
    fields.name("ssh_host", "");
    int port = fields.number("ssh_port", 22, 1, 65_535);
    String user = fields.required("ssh_user");
    Optional<Secret> password = fields.optionalSecret("ssh_password");
    Optional<Secret> key = privateKey(fields);
    if (password.isEmpty() && !fields.has("ssh_private_key")) {
      fields.problem("\"ssh_password\" is missing, and so is \"ssh_private_key\": one is needed");
    }
    Optional<Secret> passphrase = fields.optionalSecret("ssh_key_passphrase");
    Optional<Path> knownHosts = fields.optional("ssh_known_hosts").map(ServerFields::file);
    Optional<String> hostKey = fields.optional("ssh_host_key").map(String::strip);
    if (hostKey.isPresent() && !hostKey.get().matches("[a-z0-9@.-]+ [A-Za-z0-9+/]+=*( [^\\n]*)?")) {
      fields.problem("\"ssh_host_key\" must be a public key, as in a .pub file: ssh-ed25519 AAAA…");
    }
    if (hostKey.isPresent() && knownHosts.isPresent()) {
      fields.problem("\"ssh_host_key\" and \"ssh_known_hosts\" are both there: keep one");
    }
    Strictness strictness =
        fields.oneOf("ssh_strict_host_keys", Strictness.values(), Strictness.YES);
    int local = fields.number("local_port", 0, 0, 65_535);
    return new SshServer(
        host,
        port,
        user,
        password,
        key,
        passphrase,
        knownHosts,
        hostKey,
        strictness == Strictness.ACCEPT_NEW,
        local == 0 ? OptionalInt.empty() : OptionalInt.of(local));
  }

  /** A file, of the home directory if it begins with {@code ~/}. */
  private static Path file(String name) {
    return name.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), name.substring(2))
        : Path.of(name);
  }

  private static Optional<Secret> privateKey(Fields fields) {
    Optional<String> value = fields.optional("ssh_private_key");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> text = KeyText.of(value.get());
    if (text.isEmpty()) {
      fields.problem(
          "\"ssh_private_key\" must be the text of a private key, which begins with -----BEGIN, or base64 of it");
    }
    return text.map(Secret::of);
  }
}
