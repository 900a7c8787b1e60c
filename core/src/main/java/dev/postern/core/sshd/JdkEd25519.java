package dev.postern.core.sshd;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;

/**
 * Gives MINA the ed25519 of the JDK. MINA 2 knows it from Bouncy Castle only, whose signed jar
 * costs every command a fifth of a second.
 *
 * <p>Bouncy Castle is kept from being registered at the start; {@code
 * -Dorg.apache.sshd.security.provider.BC.enabled=true} has MINA use it, for post-quantum key
 * exchange too.
 */
public final class JdkEd25519 extends AbstractSecurityProviderRegistrar {
  private static final String BOUNCY_CASTLE = "org.apache.sshd.security.provider.BC.enabled";

  private JdkEd25519() {
    super("SunEC");
  }

  /** Must come before MINA looks at its first key. May be called again. */
  public static void register() {
    if (System.getProperty(BOUNCY_CASTLE) == null) {
      SecurityUtils.setAPrioriDisabledProvider("BC", true);
    }
    SecurityUtils.registerSecurityProvider(new JdkEd25519());
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
