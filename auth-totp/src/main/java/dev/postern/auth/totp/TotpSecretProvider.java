package dev.postern.auth.totp;

import dev.postern.api.hop.PluginContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretProvider;

/** The secret source {@code totp}, for scripted rules. */
public final class TotpSecretProvider implements SecretProvider<TotpSecretConfig> {
  @Override
  public String type() {
    return "totp";
  }

  @Override
  public Class<TotpSecretConfig> configType() {
    return TotpSecretConfig.class;
  }

  @Override
  public Secret create(TotpSecretConfig config, PluginContext context) {
    return new CodeSource(config.secret(), config.parameters(), context);
  }
}
