package dev.postern.core.sshd;

import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.OptionalFeature;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/**
 * What we propose, best first. AES-GCM leads because Java's is several times faster than its
 * ChaCha20; nothing that rests on SHA-1, CBC or DSA is proposed.
 */
final class Algorithms {
  private Algorithms() {}

  static List<NamedFactory<Cipher>> ciphers() {
    return supported(
        List.of(
            BuiltinCiphers.aes128gcm,
            BuiltinCiphers.aes256gcm,
            BuiltinCiphers.aes256ctr,
            BuiltinCiphers.aes192ctr,
            BuiltinCiphers.aes128ctr,
            BuiltinCiphers.cc20p1305_openssh));
  }

  static List<NamedFactory<Mac>> macs() {
    return supported(
        List.of(
            BuiltinMacs.hmacsha256etm,
            BuiltinMacs.hmacsha512etm,
            BuiltinMacs.hmacsha256,
            BuiltinMacs.hmacsha512));
  }

  /** Those that hold against a quantum computer come first (see {@link HybridExchange}). */
  static List<KeyExchangeFactory> keyExchanges() {
    return NamedFactory.setUpTransformedFactories(
        true,
        List.of(
            HybridExchange.MLKEM768_X25519,
            HybridExchange.SNTRUP761_X25519,
            HybridExchange.SNTRUP761_X25519_OPENSSH,
            HybridExchange.MLKEM1024_NISTP384,
            HybridExchange.MLKEM768_NISTP256,
            BuiltinDHFactories.curve25519,
            BuiltinDHFactories.curve25519_libssh,
            BuiltinDHFactories.ecdhp256,
            BuiltinDHFactories.ecdhp384,
            BuiltinDHFactories.ecdhp521,
            BuiltinDHFactories.dhgex256,
            BuiltinDHFactories.dhg16_512,
            BuiltinDHFactories.dhg18_512,
            BuiltinDHFactories.dhg14_256),
        ProvenKeyExchange::new);
  }

  static List<NamedFactory<Signature>> hostKeys() {
    return supported(
        List.of(
            BuiltinSignatures.ed25519_cert,
            BuiltinSignatures.nistp256_cert,
            BuiltinSignatures.nistp384_cert,
            BuiltinSignatures.nistp521_cert,
            BuiltinSignatures.rsaSHA512_cert,
            BuiltinSignatures.rsaSHA256_cert,
            BuiltinSignatures.ed25519,
            BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256));
  }

  private static <T, F extends NamedFactory<T> & OptionalFeature> List<NamedFactory<T>> supported(
      List<F> factories) {
    List<NamedFactory<T>> result = new ArrayList<>();
    for (F factory : factories) {
      if (factory.isSupported()) {
        result.add(factory);
      }
    }
    return result;
  }
}
