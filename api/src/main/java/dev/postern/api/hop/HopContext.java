package dev.postern.api.hop;

/** What a strategy or transport knows of the hop that it works for. */
public interface HopContext extends PluginContext {
  /** The hop's facts. */
  HopInfo hop();
}
