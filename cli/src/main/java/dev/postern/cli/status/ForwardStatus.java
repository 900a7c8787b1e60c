package dev.postern.cli.status;

import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardCounts;
import dev.postern.core.text.Sanitiser;
import dev.postern.route.ForwardAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One forward of a route.
 *
 * @param type local, remote or dynamic
 * @param listen where it listens
 * @param target where its connections go; empty for SOCKS
 * @param state what it is at
 * @param open connections that are open
 * @param accepted connections that were ever taken
 * @param refused those among them that came to nothing
 * @param sent bytes to the target
 * @param received bytes from the target
 * @param lastError why the last of the refused came to nothing
 */
public record ForwardStatus(
    String type,
    String listen,
    Optional<String> target,
    String state,
    long open,
    long accepted,
    long refused,
    long sent,
    long received,
    Optional<String> lastError) {
  static ForwardStatus of(Forward forward) {
    ForwardCounts counts = forward.counts();
    return new ForwardStatus(
        word(forward.spec().type()),
        forward.address().toString(),
        forward.spec().target().map(ForwardAddress::toString),
        word(forward.state()),
        counts.open(),
        counts.accepted(),
        counts.refused(),
        counts.sent(),
        counts.received(),
        counts.lastError().map(Sanitiser::line));
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  Map<String, Object> json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", type);
    fields.put("listen", listen);
    target.ifPresent(text -> fields.put("target", text));
    fields.put("state", state);
    fields.put("open", open);
    fields.put("accepted", accepted);
    fields.put("refused", refused);
    fields.put("sent", sent);
    fields.put("received", received);
    lastError.ifPresent(text -> fields.put("lastError", text));
    return fields;
  }
}
