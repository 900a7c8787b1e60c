package dev.postern.api.auth;

import dev.postern.api.hop.HopContext;
import org.apiguardian.api.API;

/**
 * Extension point: a way to sign in, found by {@link java.util.ServiceLoader}. Has a cheap
 * constructor, and is safe for use by several threads. One provider serves every opening of a
 * {@code Postern}, so it may remember what many hops share; nobody closes it.
 *
 * @param <C> the record that is its configuration
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface AuthStrategyProvider<C extends Record> {
  /**
   * The type as written in HOCON: {@code [a-z][a-z0-9-]*}, unique among the installed strategies.
   */
  String type();

  /**
   * The record that the strategy's settings are bound to and validated against. Its constructor may
   * refuse them with an {@link IllegalArgumentException}: one whose message begins with a key and a
   * colon ({@code "ttl: must be at least 1s"}) is reported at that key's line.
   */
  Class<C> configType();

  /**
   * Makes the strategy for one opening of one hop. Does no I/O.
   *
   * @throws dev.postern.api.config.MisconfiguredException if the settings make no sense together
   */
  AuthStrategy create(C config, HopContext hop);
}
