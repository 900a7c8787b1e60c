package dev.postern.api.hop;

import org.apiguardian.api.API;

/** What a strategy or transport knows of the hop that it works for. */
@API(status = API.Status.STABLE, since = "1.0")
public interface HopContext extends PluginContext {
  /** The hop's facts. */
  HopInfo hop();

  /**
   * Adds a line to the hop's trail: what was done or is waited for, never a secret. The text is
   * sanitised. May be called from any thread, also while the hop is open.
   */
  void note(String text);
}
