package dev.postern.auth.totp;

import dev.postern.api.hop.PluginContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.time.Instant;

/**
 * Gives codes, each time step's at most once in the process: who comes later waits for the next.
 */
final class CodeSource implements Secret {
  private final Secret seed;
  private final Parameters parameters;
  private final PluginContext context;

  CodeSource(Secret seed, Parameters parameters, PluginContext context) {
    this.seed = seed;
    this.parameters = parameters;
    this.context = context;
  }

  @Override
  public SecretValue read() throws SecretException {
    try (SecretValue value = seed.read();
        Account account = Account.parse(value, parameters)) {
      String name = account.name();
      long period = account.parameters().periodSeconds();
      while (true) {
        long step = Math.floorDiv(context.time().now().getEpochSecond(), period);
        if (context.oneTimeCodes().take(name, step)) {
          return account.code(step);
        }
        context.time().waitUntil(Instant.ofEpochSecond((step + 1) * period));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SecretException("the opening was cancelled while it waited for the next code", e);
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
