package dev.postern.core.sshd;

import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.signature.BuiltinSignatures;

/** Uses once what the usual handshake uses: the first use is the one that loads and compiles. */
final class WarmUp {
  private WarmUp() {}

  static void cryptography() {
    try {
      BuiltinDHFactories.curve25519.create().getE();
      BuiltinSignatures.ed25519.create();
      Cipher cipher = BuiltinCiphers.aes128gcm.create();
      cipher.init(Cipher.Mode.Encrypt, new byte[cipher.getKdfSize()], new byte[cipher.getIVSize()]);
    } catch (Exception e) {
      // Whoever connects is told.
    }
  }
}
