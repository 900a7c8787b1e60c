package dev.postern.circuit;

import java.util.Optional;
import java.util.OptionalInt;
import org.apiguardian.api.API;

/**
 * How a remote command ended.
 *
 * @param exitStatus what it returned, empty if it did not end by itself
 * @param exitSignal the signal that ended it without {@code SIG} (RFC 4254 section 6.10),
 *     sanitised; empty if none did
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public record ExecResult(OptionalInt exitStatus, Optional<String> exitSignal) {}
