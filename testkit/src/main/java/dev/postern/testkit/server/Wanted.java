package dev.postern.testkit.server;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/** What a server wants at one place of a way in. */
sealed interface Wanted {
  /** The method's name on the wire. */
  String method();

  /** A password, which may have to be replaced. */
  record Password(String value, Optional<String> replacement) implements Wanted {
    @Override
    public String method() {
      return "password";
    }

    @Override
    public String toString() {
      return "password";
    }
  }

  /** One of some keys, or a certificate of one of some authorities. */
  record Keys(List<byte[]> blobs, List<CertificateAuthority> authorities) implements Wanted {
    @Override
    public String method() {
      return "publickey";
    }

    boolean accepts(String user, PublicKey key) {
      if (key instanceof OpenSshCertificate certificate) {
        return authorities.stream().anyMatch(authority -> authority.vouches(certificate, user));
      }
      byte[] given = KeyText.blob(key);
      return blobs.stream().anyMatch(known -> Arrays.equals(known, given));
    }
  }

  /** Rounds of prompts. */
  record Rounds(List<ServerRound> rounds) implements Wanted {
    @Override
    public String method() {
      return Conversation.METHOD;
    }
  }
}
