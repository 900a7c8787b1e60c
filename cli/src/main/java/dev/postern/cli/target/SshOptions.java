package dev.postern.cli.target;

import dev.postern.cli.report.CommandLineProblem;
import dev.postern.cli.report.Shown;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The values of {@code -o}. As in OpenSSH, the first value of a keyword counts; files add up. */
public final class SshOptions {
  private final Map<SshKeyword, List<String>> values = new EnumMap<>(SshKeyword.class);

  private SshOptions() {}

  /** Each as {@code Key=Value} or {@code Key Value}. */
  static SshOptions parse(List<String> options) {
    SshOptions result = new SshOptions();
    options.forEach(result::add);
    result.check();
    return result;
  }

  private void add(String option) {
    String[] parts = option.strip().split("\\s*=\\s*|\\s+", 2);
    if (parts.length < 2 || parts[1].isEmpty()) {
      throw CommandLineProblem.badDestination(
          "-o %s: expected Key=Value".formatted(Shown.text(option)));
    }
    SshKeyword keyword =
        SshKeyword.of(parts[0])
            .orElseThrow(
                () ->
                    CommandLineProblem.badDestination(
                        "-o %s: not supported; there is %s"
                            .formatted(Shown.text(parts[0]), SshKeyword.all())));
    values.computeIfAbsent(keyword, key -> new ArrayList<>()).add(parts[1]);
  }

  private void check() {
    strictHostKeys();
    batch();
    compression();
    identitiesOnly();
    gatewayPorts();
    unlinks();
    exitsOnForwardFailure(true);
    for (SshKeyword number :
        List.of(
            SshKeyword.CONNECT_TIMEOUT,
            SshKeyword.SERVER_ALIVE_INTERVAL,
            SshKeyword.SERVER_ALIVE_COUNT_MAX,
            SshKeyword.NUMBER_OF_PASSWORD_PROMPTS)) {
      number(number);
    }
    first(SshKeyword.PORT).ifPresent(Destination::port);
    first(SshKeyword.USER).ifPresent(Destination::expectUser);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  Optional<String> first(SshKeyword keyword) {
    return all(keyword).stream().findFirst();
  }

  List<String> all(SshKeyword keyword) {
    return values.getOrDefault(keyword, List.of());
  }

  OptionalInt number(SshKeyword keyword) {
    Optional<String> value = first(keyword);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    if (value.get().matches("[0-9]{1,6}")) {
      return OptionalInt.of(Integer.parseInt(value.get()));
    }
    throw wrong(keyword, value.get(), "a number");
  }

  /** {@code strict-host-keys}, in our words. */
  Optional<String> strictHostKeys() {
    Optional<String> value = first(SshKeyword.STRICT_HOST_KEY_CHECKING);
    if (value.isEmpty() || List.of("yes", "accept-new", "ask").contains(value.get())) {
      return value;
    }
    if (List.of("no", "off").contains(value.get())) {
      throw CommandLineProblem.badDestination(
          "-o StrictHostKeyChecking=%s: this would trust any server, so there is no such mode; use accept-new to trust a new one, or ask"
              .formatted(value.get()));
    }
    throw wrong(SshKeyword.STRICT_HOST_KEY_CHECKING, value.get(), "yes, accept-new or ask");
  }

  public boolean batch() {
    return flag(SshKeyword.BATCH_MODE);
  }

  boolean compression() {
    return flag(SshKeyword.COMPRESSION);
  }

  boolean identitiesOnly() {
    return flag(SshKeyword.IDENTITIES_ONLY);
  }

  boolean gatewayPorts() {
    return flag(SshKeyword.GATEWAY_PORTS);
  }

  boolean unlinks() {
    return flag(SshKeyword.STREAM_LOCAL_BIND_UNLINK);
  }

  public boolean exitsOnForwardFailure(boolean unlessSaid) {
    return first(SshKeyword.EXIT_ON_FORWARD_FAILURE).isEmpty()
        ? unlessSaid
        : flag(SshKeyword.EXIT_ON_FORWARD_FAILURE);
  }

  /** Whether nothing is said of how to get to a destination. */
  boolean areOnlyAboutForwards() {
    return values.keySet().stream().allMatch(SshKeyword::isAboutForwards);
  }

  private boolean flag(SshKeyword keyword) {
    String value = first(keyword).orElse("no");
    if (!value.equals("yes") && !value.equals("no")) {
      throw wrong(keyword, value, "yes or no");
    }
    return value.equals("yes");
  }

  private static RuntimeException wrong(SshKeyword keyword, String value, String expected) {
    return CommandLineProblem.badDestination(
        "-o %s=%s: expected %s".formatted(keyword, Shown.text(value), expected));
  }
}
