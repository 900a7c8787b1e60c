package dev.postern.core.sshd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class JdkEd25519Test {
  private static KeyPair keys;

  @BeforeAll
  static void register() throws Exception {
    JdkEd25519.register();
    JdkEd25519.register();
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  @Test
  void aPublicKeyReadsAsItWasWritten() throws Exception {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(keys.getPublic());

    // A name and 32 bytes, each with its length (RFC 8709 section 4).
    assertThat(buffer.available()).isEqualTo(4 + 11 + 4 + 32);
    assertThat(buffer.getRawPublicKey()).isEqualTo(keys.getPublic());
    assertThat(KeyUtils.getKeyType(keys.getPublic())).isEqualTo("ssh-ed25519");
  }

  @Test
  void aSignatureHoldsForWhatWasSignedOnly() throws Exception {
    assertThat(verify(sign("what was signed"), "what was signed")).isTrue();
    assertThat(verify(sign("what was signed"), "something else")).isFalse();
  }

  private static byte[] sign(String text) throws Exception {
    Signature signer = BuiltinSignatures.ed25519.create();
    signer.initSigner(null, keys.getPrivate());
    signer.update(null, text.getBytes(UTF_8));
    return signer.sign(null);
  }

  private static boolean verify(byte[] signature, String text) throws Exception {
    Signature verifier = BuiltinSignatures.ed25519.create();
    verifier.initVerifier(null, keys.getPublic());
    verifier.update(null, text.getBytes(UTF_8));
    return verifier.verify(null, signature);
  }
}
