package dev.postern.cli.target;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Optional;

/** The keywords of {@code -o} that mean something here, as ssh_config(5) has them. */
enum SshKeyword {
  BATCH_MODE("BatchMode"),
  CERTIFICATE_FILE("CertificateFile"),
  CIPHERS("Ciphers"),
  COMPRESSION("Compression"),
  CONNECT_TIMEOUT("ConnectTimeout"),
  DYNAMIC_FORWARD("DynamicForward"),
  EXIT_ON_FORWARD_FAILURE("ExitOnForwardFailure"),
  GATEWAY_PORTS("GatewayPorts"),
  HOST_KEY_ALGORITHMS("HostKeyAlgorithms"),
  HOST_KEY_ALIAS("HostKeyAlias"),
  IDENTITIES_ONLY("IdentitiesOnly"),
  IDENTITY_AGENT("IdentityAgent"),
  IDENTITY_FILE("IdentityFile"),
  KEX_ALGORITHMS("KexAlgorithms"),
  LOCAL_FORWARD("LocalForward"),
  MACS("MACs"),
  NUMBER_OF_PASSWORD_PROMPTS("NumberOfPasswordPrompts"),
  PORT("Port"),
  PROXY_JUMP("ProxyJump"),
  REMOTE_FORWARD("RemoteForward"),
  REVOKED_HOST_KEYS("RevokedHostKeys"),
  SERVER_ALIVE_COUNT_MAX("ServerAliveCountMax"),
  SERVER_ALIVE_INTERVAL("ServerAliveInterval"),
  STREAM_LOCAL_BIND_UNLINK("StreamLocalBindUnlink"),
  STRICT_HOST_KEY_CHECKING("StrictHostKeyChecking"),
  USER("User"),
  USER_KNOWN_HOSTS_FILE("UserKnownHostsFile");

  private final String spelling;

  SshKeyword(String spelling) {
    this.spelling = spelling;
  }

  /** Whether it is about forwards: then it may stand beside a route of the configuration. */
  boolean isAboutForwards() {
    return switch (this) {
      case DYNAMIC_FORWARD,
          EXIT_ON_FORWARD_FAILURE,
          GATEWAY_PORTS,
          LOCAL_FORWARD,
          REMOTE_FORWARD,
          STREAM_LOCAL_BIND_UNLINK ->
          true;
      default -> false;
    };
  }

  static Optional<SshKeyword> of(String text) {
    return Arrays.stream(values())
        .filter(keyword -> keyword.spelling.equalsIgnoreCase(text))
        .findFirst();
  }

  static String all() {
    return Arrays.stream(values()).map(SshKeyword::toString).collect(joining(", "));
  }

  @Override
  public String toString() {
    return spelling;
  }
}
