package dev.postern.core.sshd;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;

/**
 * Gives MINA the ed25519 of the JDK where it has none: MINA 2 knows it from Bouncy Castle and
 * net.i2p only.
 *
 * <p>MINA keeps its providers in static fields, for all that use it in this process, and looks for
 * them once. So we add ourselves only when it found nobody else: an application that brings Bouncy
 * Castle has MINA use it, with us and without us alike. An application that gives MINA another
 * provider of ed25519 after the first {@code Postern} was made has the JDK's for keys all the same;
 * both work with each other. What the JDK gives here never goes through MINA's choice of a
 * provider, which might hand its keys to another's code.
 */
public final class JdkEd25519 extends AbstractSecurityProviderRegistrar {
  static final String PROVIDER = "SunEC";

  private JdkEd25519() {
    super(PROVIDER);
  }

  /** Must come before MINA looks at its first key of ours. May be called again. */
  public static void register() {
    if (!SecurityUtils.isEDDSACurveSupported()) {
      SecurityUtils.registerSecurityProvider(new JdkEd25519());
    }
  }

  @Override
  public String getDefaultSecurityEntitySupportValue(Class<?> entityType) {
    return "";
  }

  @Override
  public boolean isSupported() {
    return getSecurityProvider() != null;
  }

  @Override
  public Provider getSecurityProvider() {
    return Security.getProvider(getName());
  }

  @Override
  public boolean isNamedProviderUsed() {
    return true;
  }

  @Override
  public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
    return Optional.of(new JdkEd25519Support());
  }
}
