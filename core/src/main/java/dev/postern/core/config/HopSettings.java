package dev.postern.core.config;

import com.typesafe.config.ConfigValue;
import dev.postern.api.config.Default;
import dev.postern.api.hop.Endpoint;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.Keepalive;
import dev.postern.core.hop.Proposal;
import dev.postern.core.hop.StrictHostKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A hop as it is written, with the policy of its route and of the defaults beneath it. */
record HopSettings(
    String host,
    @Default("22") int port,
    Optional<String> user,
    Optional<ConfigValue> transport,
    List<Path> knownHosts,
    List<Path> revokedHostKeys,
    StrictHostKeys strictHostKeys,
    Optional<String> hostKeyAlias,
    Duration connectTimeout,
    Duration authTimeout,
    Keepalive keepalive,
    int maxAuthAttempts,
    boolean allowTrivialAuth,
    boolean handshakeMemory,
    Optional<String> kex,
    Optional<String> ciphers,
    Optional<String> macs,
    Optional<String> hostKeyAlgorithms,
    Optional<String> window,
    boolean compression,
    List<ConfigValue> auth) {
  Endpoint endpoint() {
    return new Endpoint(host, port);
  }

  HopPolicy policy() {
    return new HopPolicy(
        knownHosts,
        revokedHostKeys,
        strictHostKeys,
        hostKeyAlias.filter(alias -> !alias.isEmpty() && !alias.equals("none")),
        connectTimeout,
        authTimeout,
        keepalive,
        maxAuthAttempts,
        allowTrivialAuth,
        handshakeMemory,
        proposal());
  }

  private Proposal proposal() {
    return new Proposal(
        AlgorithmList.KEX.chosen(kex),
        AlgorithmList.CIPHERS.chosen(ciphers),
        AlgorithmList.MACS.chosen(macs),
        AlgorithmList.hostKeys(hostKeyAlgorithms),
        window.map(ByteSize::of).map(OptionalLong::of).orElseGet(OptionalLong::empty),
        compression);
  }

  /** The plan is not bound yet, so that secrets stand in it as they are written. */
  @Override
  public String toString() {
    return "HopSettings[" + host + "]";
  }
}
