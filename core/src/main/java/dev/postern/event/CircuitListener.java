package dev.postern.event;

import org.apiguardian.api.API;

/**
 * Is told what happens to circuits. Called on threads of the library, several at a time; must
 * return at once. What it throws is logged and harms nobody.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
@FunctionalInterface
public interface CircuitListener {
  /** Something happened. Kinds of events may be added: those that are not known are to be left. */
  void on(CircuitEvent event);
}
