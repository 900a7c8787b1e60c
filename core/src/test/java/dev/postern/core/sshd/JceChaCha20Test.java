package dev.postern.core.sshd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import org.apache.sshd.common.cipher.ChaCha20Cipher;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.kex.KexProposalOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JceChaCha20Test {
  private static final byte[] FIRST = {
    0, 0, 0, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xfe
  };

  @Test
  void packetsAreThoseOfMinas() throws Exception {
    Cipher ours = started(new JceChaCha20(), Cipher.Mode.Encrypt);
    Cipher minas = started(new ChaCha20Cipher(), Cipher.Mode.Encrypt);
    Cipher reader = started(new JceChaCha20(), Cipher.Mode.Decrypt);

    // The sequence number wraps around between them.
    for (int length : new int[] {8, 64, 1, 32768, 1000}) {
      byte[] plain = random(4 + length + 16, length);
      byte[] one = plain.clone();
      byte[] other = plain.clone();
      packet(ours, one, length);
      packet(minas, other, length);
      assertThat(one).isEqualTo(other);

      packet(reader, one, length);
      assertThat(one).startsWith(Arrays.copyOf(plain, 4 + length));
    }
  }

  @Test
  void whatWasTamperedWithIsRefused() throws Exception {
    byte[] packet = random(4 + 100 + 16, 1);
    packet(started(new JceChaCha20(), Cipher.Mode.Encrypt), packet, 100);
    packet[50] ^= 1;

    Cipher reader = started(new JceChaCha20(), Cipher.Mode.Decrypt);
    assertThatThrownBy(() -> packet(reader, packet, 100)).isInstanceOf(AEADBadTagException.class);
  }

  @Test
  void openSshSpeaksIt(@TempDir Path folder) throws Exception {
    try (RealServer server =
            RealServer.start(
                folder, "Ciphers chacha20-poly1305@openssh.com", "RekeyLimit 1M none");
        ChannelRig rig = server.connect()) {
      assertThat(rig.session.getNegotiatedKexParameter(KexProposalOption.C2SENC))
          .isEqualTo("chacha20-poly1305@openssh.com");
      var process = ChannelRig.get(rig.channels.exec("head -c 8000000 /dev/zero"));
      assertThat(process.output().readAllBytes()).hasSize(8_000_000).containsOnly(0);
    }
  }

  private static Cipher started(Cipher cipher, Cipher.Mode mode) throws Exception {
    cipher.init(mode, random(64, 7), FIRST);
    return cipher;
  }

  private static void packet(Cipher cipher, byte[] packet, int length) throws Exception {
    cipher.updateAAD(packet, 0, 4);
    cipher.update(packet, 4, length);
  }

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
