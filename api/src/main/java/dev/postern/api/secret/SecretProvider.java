package dev.postern.api.secret;

import dev.postern.api.hop.PluginContext;
import org.apiguardian.api.API;

/**
 * Extension point: a source of secrets, found by {@link java.util.ServiceLoader}. Stateless, with a
 * cheap constructor.
 *
 * <p>In HOCON, <code>{ type = vault, path = "a/b" }</code> names the source {@code vault} and binds
 * the remaining keys to its record. The short form <code>{ vault = "a/b" }</code> works where the
 * record has a component that is named like the type, and <code>{ vault = { path = "a/b" } }</code>
 * works for every source.
 *
 * @param <C> the record that is its configuration
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface SecretProvider<C extends Record> {
  /**
   * The type as written in HOCON: {@code [a-z][a-z0-9-]*}, unique among the installed secret
   * sources.
   */
  String type();

  /** The record that the source's settings are bound to and validated against. */
  Class<C> configType();

  /**
   * Makes the source. Does no I/O: that is for {@link Secret#read}.
   *
   * @throws dev.postern.api.config.MisconfiguredException if the settings make no sense together
   */
  Secret create(C config, PluginContext context);
}
