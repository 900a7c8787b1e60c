package dev.postern.cli.sshconfig;

import dev.postern.route.Explanation;
import dev.postern.route.Explanation.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last hop of a route, with what ssh can be told of it. */
public final class LastHop {
  private static final Pattern HOP = Pattern.compile("hops\\[(\\d+)]\\.(.+)");
  private static final String NOTHING_BUT_KNOWN_HOSTS = "/dev/null";

  private final int index;
  private final Map<String, Setting> settings;

  private LastHop(int index, Map<String, Setting> settings) {
    this.index = index;
    this.settings = settings;
  }

  /** Finds it. */
  public static LastHop of(Explanation route) {
    int last = 0;
    Map<String, Setting> settings = new LinkedHashMap<>();
    for (Setting setting : route.settings()) {
      Matcher matcher = HOP.matcher(setting.path());
      if (!matcher.matches()) {
        continue;
      }
      int hop = Integer.parseInt(matcher.group(1));
      if (hop > last) {
        settings.clear();
        last = hop;
      }
      settings.put(matcher.group(2), setting);
    }
    return new LastHop(last, settings);
  }

  /** Whether there are hops before it. */
  public boolean isBehindAnother() {
    return index > 0;
  }

  /** How it is reached: {@code jump}, {@code socks5}. */
  public String transport() {
    return value("transport.type").orElse("");
  }

  /**
   * Its lines, without the {@code Host} and the {@code ProxyCommand}.
   *
   * @throws IllegalArgumentException if ssh cannot be told the same
   */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    value("host").ifPresent(host -> lines.add("HostName " + ConfigWord.expanded("HostName", host)));
    value("port").ifPresent(port -> lines.add("Port " + port));
    value("user").ifPresent(user -> lines.add("User " + ConfigWord.literal("User", user)));
    value("kex").ifPresent(names -> lines.add("KexAlgorithms " + names));
    value("ciphers").ifPresent(names -> lines.add("Ciphers " + names));
    value("macs").ifPresent(names -> lines.add("MACs " + names));
    value("host-key-algorithms").ifPresent(names -> lines.add("HostKeyAlgorithms " + names));
    if (value("compression").equals(Optional.of("true"))) {
      lines.add("Compression yes");
    }
    hostKeys(lines);
    keys(lines);
    return lines;
  }

  private void hostKeys(List<String> lines) {
    value("host-key-alias")
        .ifPresent(alias -> lines.add("HostKeyAlias " + ConfigWord.literal("HostKeyAlias", alias)));
    String known =
        String.join(
            " ",
            all("known-hosts").stream()
                .map(file -> ConfigWord.expanded("UserKnownHostsFile", file))
                .toList());
    lines.add("UserKnownHostsFile " + (known.isEmpty() ? NOTHING_BUT_KNOWN_HOSTS : known));
    // Else ssh would believe files that the route does not name.
    lines.add("GlobalKnownHostsFile " + NOTHING_BUT_KNOWN_HOSTS);
    value("strict-host-keys").ifPresent(mode -> lines.add("StrictHostKeyChecking " + mode));
    List<String> revoked = all("revoked-host-keys");
    if (revoked.size() > 1) {
      throw new IllegalArgumentException(
          "the last hop has %d files of revoked-host-keys, and ssh takes one; put them together"
              .formatted(revoked.size()));
    }
    revoked.forEach(
        file -> lines.add("RevokedHostKeys " + ConfigWord.literal("RevokedHostKeys", file)));
  }

  /** Where the plan names keys; what else it has, ssh asks for in its own way. */
  private void keys(List<String> lines) {
    for (int i = 0; settings.containsKey("auth[" + i + "].type"); i++) {
      String strategy = "auth[" + i + "].";
      if (!value(strategy + "type").equals(Optional.of("publickey"))) {
        continue;
      }
      files(lines, "IdentityFile", strategy + "identities");
      files(lines, "CertificateFile", strategy + "certificates");
      if (value(strategy + "identities-only").equals(Optional.of("true"))) {
        lines.add("IdentitiesOnly yes");
      }
      value(strategy + "agent").flatMap(LastHop::agent).ifPresent(lines::add);
      return;
    }
  }

  /** Those that the route names; without, ssh has the same ones of its own. */
  private void files(List<String> lines, String keyword, String key) {
    Setting first = settings.get(key + "[0]");
    if (first == null || first.origin().equals("default")) {
      return;
    }
    all(key).forEach(file -> lines.add(keyword + " " + ConfigWord.expanded(keyword, file)));
  }

  private static Optional<String> agent(String value) {
    return switch (value) {
      case "true" -> Optional.empty();
      case "false" -> Optional.of("IdentityAgent none");
      default -> Optional.of("IdentityAgent " + ConfigWord.expanded("IdentityAgent", value));
    };
  }

  private Optional<String> value(String key) {
    return Optional.ofNullable(settings.get(key)).map(Setting::value);
  }

  private List<String> all(String key) {
    List<String> values = new ArrayList<>();
    for (int i = 0; settings.containsKey(key + "[" + i + "]"); i++) {
      value(key + "[" + i + "]").ifPresent(values::add);
    }
    return values;
  }
}
