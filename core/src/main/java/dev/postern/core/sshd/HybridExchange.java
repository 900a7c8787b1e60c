package dev.postern.core.sshd;

import org.apache.sshd.common.cipher.ECCurves;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.digest.Digest;
import org.apache.sshd.common.kex.AbstractDH;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.ECDH;
import org.apache.sshd.common.kex.KeyEncapsulationMethod;
import org.apache.sshd.common.kex.MontgomeryCurve;
import org.apache.sshd.common.kex.XDH;

/**
 * Key exchanges that hold as long as one of two things does: an elliptic curve, or an encapsulation
 * that a quantum computer is not known to break. MINA has the same, and asks Bouncy Castle whether
 * it is there by loading it; here nothing of it is loaded before a server has chosen one.
 */
enum HybridExchange implements DHFactory {
  MLKEM768_X25519("mlkem768x25519-sha256", ClientEncapsulation.MLKEM768, BuiltinDigests.sha256),
  SNTRUP761_X25519("sntrup761x25519-sha512", ClientEncapsulation.SNTRUP761, BuiltinDigests.sha512),
  SNTRUP761_X25519_OPENSSH(
      "sntrup761x25519-sha512@openssh.com", ClientEncapsulation.SNTRUP761, BuiltinDigests.sha512),
  MLKEM1024_NISTP384(
      "mlkem1024nistp384-sha384", ClientEncapsulation.MLKEM1024, BuiltinDigests.sha384),
  MLKEM768_NISTP256("mlkem768nistp256-sha256", ClientEncapsulation.MLKEM768, BuiltinDigests.sha256);

  private final String wireName;
  private final ClientEncapsulation encapsulation;
  private final BuiltinDigests digest;

  HybridExchange(String wireName, ClientEncapsulation encapsulation, BuiltinDigests digest) {
    this.wireName = wireName;
    this.encapsulation = encapsulation;
    this.digest = digest;
  }

  @Override
  public String getName() {
    return wireName;
  }

  @Override
  public boolean isGroupExchange() {
    return false;
  }

  @Override
  public boolean isSupported() {
    return encapsulation.isSupported();
  }

  @Override
  public AbstractDH create(Object... parameters) throws Exception {
    return with(encapsulation);
  }

  /** One whose keys are made now, by whoever calls. */
  AbstractDH begun() throws Exception {
    return with(encapsulation.begun());
  }

  private AbstractDH with(KeyEncapsulationMethod method) throws Exception {
    return switch (this) {
      case MLKEM768_X25519, SNTRUP761_X25519, SNTRUP761_X25519_OPENSSH -> new OnX25519(method);
      case MLKEM1024_NISTP384 -> new OnNist(ECCurves.nistp384, method);
      case MLKEM768_NISTP256 -> new OnNist(ECCurves.nistp256, method);
    };
  }

  private final class OnX25519 extends XDH {
    private final KeyEncapsulationMethod method;

    OnX25519(KeyEncapsulationMethod method) throws Exception {
      super(MontgomeryCurve.x25519, true);
      this.method = method;
    }

    @Override
    public KeyEncapsulationMethod getKeyEncapsulation() {
      return method;
    }

    @Override
    public Digest getHash() {
      return digest.create();
    }
  }

  private final class OnNist extends ECDH {
    private final KeyEncapsulationMethod method;

    OnNist(ECCurves curve, KeyEncapsulationMethod method) throws Exception {
      super(curve, true);
      this.method = method;
    }

    @Override
    public KeyEncapsulationMethod getKeyEncapsulation() {
      return method;
    }

    @Override
    public Digest getHash() {
      return digest.create();
    }
  }
}
