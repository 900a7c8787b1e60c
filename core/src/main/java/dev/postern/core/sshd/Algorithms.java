package dev.postern.core.sshd;

import dev.postern.core.hop.HostKeyAlgorithms;
import dev.postern.core.hop.Proposal;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.OptionalFeature;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.compression.Compression;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/** The names of a {@link Proposal}, as MINA's factories; without what this Java cannot do. */
final class Algorithms {
  private Algorithms() {}

  static List<NamedFactory<Cipher>> ciphers() {
    return ciphers(Proposal.USUAL.ciphers());
  }

  static List<NamedFactory<Cipher>> ciphers(List<String> names) {
    return supported(names, BuiltinCiphers::fromFactoryName).stream()
        .<NamedFactory<Cipher>>map(
            cipher -> cipher == BuiltinCiphers.cc20p1305_openssh ? new ChaCha20() : cipher)
        .toList();
  }

  private static final class ChaCha20 implements NamedFactory<Cipher> {
    @Override
    public String getName() {
      return BuiltinCiphers.cc20p1305_openssh.getName();
    }

    @Override
    public Cipher create() {
      try {
        return new JceChaCha20();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java since 11 has ChaCha20", e);
      }
    }
  }

  static List<NamedFactory<Mac>> macs() {
    return macs(Proposal.USUAL.macs());
  }

  static List<NamedFactory<Mac>> macs(List<String> names) {
    return List.copyOf(supported(names, BuiltinMacs::fromFactoryName));
  }

  static List<KeyExchangeFactory> keyExchanges() {
    return keyExchanges(Proposal.USUAL.kex());
  }

  static List<KeyExchangeFactory> keyExchanges(List<String> names) {
    return supported(names, Algorithms::keyExchange).stream()
        .<KeyExchangeFactory>map(ProvenKeyExchange::new)
        .toList();
  }

  /** One of a proposal. */
  static DHFactory keyExchange(String name) {
    return Stream.of(HybridExchange.values())
        .<DHFactory>map(hybrid -> hybrid)
        .filter(hybrid -> hybrid.getName().equals(name))
        .findFirst()
        .orElseGet(() -> BuiltinDHFactories.fromFactoryName(name));
  }

  static List<NamedFactory<Signature>> hostKeys() {
    HostKeyAlgorithms usual = HostKeyAlgorithms.USUAL;
    List<String> all = Stream.of(usual.always(), usual.ifKnown()).flatMap(List::stream).toList();
    return List.copyOf(supported(all, BuiltinSignatures::fromFactoryName));
  }

  /**
   * Nothing is compressed before we are signed in, so that lengths tell nothing of secrets and no
   * stranger's stream is inflated.
   */
  static List<NamedFactory<Compression>> compressions() {
    return List.of(BuiltinCompressions.delayedZlib, BuiltinCompressions.none);
  }

  private static <F extends OptionalFeature> List<F> supported(
      List<String> names, Function<String, F> factories) {
    List<F> result = new ArrayList<>();
    for (String name : names) {
      F factory = Objects.requireNonNull(factories.apply(name), name);
      if (factory.isSupported()) {
        result.add(factory);
      }
    }
    return result;
  }
}
