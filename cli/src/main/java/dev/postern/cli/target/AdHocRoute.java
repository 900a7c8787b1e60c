package dev.postern.cli.target;

import dev.postern.route.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route from the command line. The destination's user, port, host key alias and compression are
 * its own, as in OpenSSH; keys hold for every hop, because a jump has no other place to get them
 * from.
 */
public final class AdHocRoute {
  private static final String GLOBAL_KNOWN_HOSTS = "/etc/ssh/ssh_known_hosts";

  private final AdHocOptions options;
  private final SshOptions ssh;
  private final Path directory;
  private final boolean asks;
  private final boolean oneOfMany;

  /** With keys, then by asking if that can be. */
  public AdHocRoute(AdHocOptions options, Path directory, boolean asks) {
    this(options, directory, asks, false);
  }

  /** Whose destination asks for a password in words that fit many destinations, so once for all. */
  public AdHocRoute(AdHocOptions options, Path directory, boolean asks, boolean oneOfMany) {
    this.oneOfMany = oneOfMany;
    this.options = options;
    this.ssh = options.ssh();
    this.directory = directory;
    this.asks = asks;
  }

  public Route to(String text) {
    Destination target = Destination.parse(text);
    Route.Builder route = Route.named(text).origin("command line");
    policy(route);
    for (Destination jump : options.jumps()) {
      add(route, jump, jump.user(), jump.port().orElse(22), Map.of(), false);
    }
    Optional<String> user = target.user().or(options::user).or(() -> ssh.first(SshKeyword.USER));
    int port =
        target.port().isPresent()
            ? target.port().getAsInt()
            : options.port().or(() -> ssh.first(SshKeyword.PORT).map(Destination::port)).orElse(22);
    add(route, target, user, port, own(), oneOfMany);
    return route.build();
  }

  /** What holds for the destination alone. */
  private Map<String, Object> own() {
    Map<String, Object> settings = new LinkedHashMap<>();
    ssh.first(SshKeyword.HOST_KEY_ALIAS).ifPresent(name -> settings.put("host-key-alias", name));
    if (options.isCompressed()) {
      settings.put("compression", true);
    }
    return settings;
  }

  private void policy(Route.Builder route) {
    ssh.strictHostKeys().ifPresent(mode -> route.set("strict-host-keys", mode));
    if (ssh.first(SshKeyword.USER_KNOWN_HOSTS_FILE).isPresent()) {
      route.set("known-hosts", knownHosts(ssh.first(SshKeyword.USER_KNOWN_HOSTS_FILE).get()));
    }
    options.ciphers().ifPresent(names -> route.set("ciphers", names));
    options.macs().ifPresent(names -> route.set("macs", names));
    ssh.first(SshKeyword.KEX_ALGORITHMS).ifPresent(names -> route.set("kex", names));
    ssh.first(SshKeyword.HOST_KEY_ALGORITHMS)
        .ifPresent(names -> route.set("host-key-algorithms", names));
    ssh.first(SshKeyword.REVOKED_HOST_KEYS)
        .ifPresent(value -> route.set("revoked-host-keys", files(value)));
    ssh.number(SshKeyword.CONNECT_TIMEOUT)
        .ifPresent(seconds -> route.set("connect-timeout", seconds + "s"));
    Map<String, Object> keepalive = new LinkedHashMap<>();
    ssh.number(SshKeyword.SERVER_ALIVE_INTERVAL)
        .ifPresent(seconds -> keepalive.put("interval", seconds + "s"));
    ssh.number(SshKeyword.SERVER_ALIVE_COUNT_MAX).ifPresent(count -> keepalive.put("count", count));
    if (!keepalive.isEmpty()) {
      route.set("keepalive", keepalive);
    }
    // Our budget counts refused keys too, so they come on top.
    ssh.number(SshKeyword.NUMBER_OF_PASSWORD_PROMPTS)
        .ifPresent(
            prompts -> route.set("max-auth-attempts", prompts + Math.max(3, identities().size())));
  }

  private List<String> knownHosts(String value) {
    List<String> files = files(value);
    files.add(GLOBAL_KNOWN_HOSTS);
    return files;
  }

  private List<String> files(String value) {
    List<String> files = new ArrayList<>();
    if (!value.equals("none")) {
      for (String file : value.split("\\s+")) {
        files.add(path(file));
      }
    }
    return files;
  }

  private void add(
      Route.Builder route,
      Destination destination,
      Optional<String> user,
      int port,
      Map<String, Object> own,
      boolean shared) {
    route.hop(
        destination.host(),
        hop -> {
          user.ifPresent(name -> hop.set("user", name));
          hop.port(port);
          own.forEach(hop::set);
          hop.auth("publickey", publickey());
          if (shared && asks) {
            String question = user.map(name -> name + "'s password").orElse("Password");
            hop.auth(
                "password", Map.of("password", Map.of("prompt", question + " for the targets: ")));
          }
          if (asks) {
            hop.auth("interactive", Map.of());
          }
        });
  }

  private Map<String, Object> publickey() {
    Map<String, Object> settings = new LinkedHashMap<>();
    List<String> identities = identities();
    if (!identities.isEmpty()) {
      settings.put("identities", identities);
    }
    List<String> certificates =
        ssh.all(SshKeyword.CERTIFICATE_FILE).stream().map(this::path).toList();
    if (!certificates.isEmpty()) {
      settings.put("certificates", certificates);
    }
    if (ssh.identitiesOnly()) {
      settings.put("identities-only", true);
    }
    ssh.first(SshKeyword.IDENTITY_AGENT).ifPresent(agent -> settings.put("agent", agent(agent)));
    return settings;
  }

  private List<String> identities() {
    List<String> files = new ArrayList<>(options.identities());
    files.addAll(ssh.all(SshKeyword.IDENTITY_FILE));
    return files.stream().map(this::path).toList();
  }

  private String agent(String value) {
    return switch (value) {
      case "none" -> "false";
      case "SSH_AUTH_SOCK" -> "true";
      default -> path(value);
    };
  }

  private String path(String file) {
    return file.equals("~") || file.startsWith("~/") ? file : directory.resolve(file).toString();
  }
}
