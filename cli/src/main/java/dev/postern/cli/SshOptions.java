package dev.postern.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The options of ssh_config that {@code -o} takes, translated to keys of a hop. */
final class SshOptions {
  private static final Map<String, String> POLICY =
      Map.of(
          "stricthostkeychecking", "strict-host-keys",
          "connecttimeout", "connect-timeout",
          "hostkeyalias", "host-key-alias",
          "userknownhostsfile", "known-hosts",
          "numberofpasswordprompts", "max-auth-attempts");

  private static final Set<String> NAMES =
      new TreeSet<>(
          Set.of(
              "StrictHostKeyChecking",
              "ConnectTimeout",
              "HostKeyAlias",
              "UserKnownHostsFile",
              "NumberOfPasswordPrompts",
              "ServerAliveInterval",
              "ServerAliveCountMax",
              "IdentitiesOnly",
              "IdentityFile",
              "CertificateFile",
              "IdentityAgent",
              "User",
              "Port",
              "BatchMode"));

  private final Map<String, Object> policy = new LinkedHashMap<>();
  private final Map<String, Object> keepalive = new LinkedHashMap<>();
  private final Map<String, Object> publickey = new LinkedHashMap<>();
  private final List<String> identities = new ArrayList<>();
  private final List<String> certificates = new ArrayList<>();
  private final Map<String, String> destination = new LinkedHashMap<>();
  private boolean batch;

  static SshOptions parse(List<String> written) {
    SshOptions options = new SshOptions();
    written.forEach(options::add);
    return options;
  }

  private void add(String written) {
    String[] parts = written.split("\\s*=\\s*|\\s+", 2);
    if (parts.length != 2) {
      throw Destination.bad("-o " + written, "it is not of the form Key=Value");
    }
    String key = parts[0].toLowerCase(Locale.ROOT);
    String value = parts[1];
    switch (key) {
      case "stricthostkeychecking" -> strict(written, value);
      case "userknownhostsfile" -> policy.put("known-hosts", List.of(value.split("\\s+")));
      case "connecttimeout" -> policy.put("connect-timeout", value + "s");
      case "hostkeyalias", "numberofpasswordprompts" ->
          policy.put(java.util.Objects.requireNonNull(POLICY.get(key)), value);
      case "serveraliveinterval" -> keepalive.put("interval", value + "s");
      case "serveralivecountmax" -> keepalive.put("count", value);
      case "identitiesonly" -> publickey.put("identities-only", isYes(value));
      case "identityagent" -> publickey.put("agent", value.equals("none") ? "false" : value);
      case "identityfile" -> identities.add(value);
      case "certificatefile" -> certificates.add(value);
      case "user", "port" -> destination.put(key, value);
      case "batchmode" -> batch = isYes(value);
      default ->
          throw Destination.bad(
              "-o " + written,
              "the option is not supported; supported are " + String.join(", ", NAMES));
    }
  }

  private void strict(String written, String value) {
    switch (value.toLowerCase(Locale.ROOT)) {
      case "yes", "accept-new", "ask" ->
          policy.put("strict-host-keys", value.toLowerCase(Locale.ROOT));
      default ->
          throw Destination.bad(
              "-o " + written, "host keys are always checked; write yes, accept-new or ask");
    }
  }

  private static boolean isYes(String value) {
    return value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("true");
  }

  /** Keys for all hops. */
  Map<String, Object> policy() {
    Map<String, Object> all = new LinkedHashMap<>(policy);
    if (!keepalive.isEmpty()) {
      Map<String, Object> both = new LinkedHashMap<>(Map.of("interval", "15s", "count", "3"));
      both.putAll(keepalive);
      all.put("keepalive", both);
    }
    return all;
  }

  /** Settings of the strategy {@code publickey}. */
  Map<String, Object> publickey() {
    Map<String, Object> all = new LinkedHashMap<>(publickey);
    if (!certificates.isEmpty()) {
      all.put("certificates", List.copyOf(certificates));
    }
    return all;
  }

  List<String> identities() {
    return identities;
  }

  Map<String, String> destination() {
    return destination;
  }

  boolean isBatch() {
    return batch;
  }
}
