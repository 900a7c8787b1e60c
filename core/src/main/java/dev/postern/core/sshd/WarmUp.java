package dev.postern.core.sshd;

import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.signature.BuiltinSignatures;

/** Uses once what the usual handshake uses: the first use is the one that loads and compiles. */
public final class WarmUp {
  private WarmUp() {}

  /** Makes and ends a client, and computes as the first session will. */
  public static void ssh() {
    try {
      SharedClient.started().stop();
      cryptography();
    } catch (Exception | LinkageError e) {
      // Whoever connects is told.
    }
  }

  private static void cryptography() throws Exception {
    BuiltinDHFactories.curve25519.create().getE();
    BuiltinSignatures.ed25519.create();
    Cipher cipher = BuiltinCiphers.aes128gcm.create();
    cipher.init(Cipher.Mode.Encrypt, new byte[cipher.getKdfSize()], new byte[cipher.getIVSize()]);
  }
}
