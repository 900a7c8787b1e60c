package dev.postern.api.hop;

import org.apiguardian.api.API;

/**
 * Remembers which time steps of an account have given a code, so that no code is used twice. Safe
 * for use by several threads.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface OneTimeCodes {
  /**
   * Takes a step for use, in one indivisible action.
   *
   * @param account names the account; derive it from the secret by a one-way function, never use
   *     the secret itself
   * @param step the time step, RFC 6238's T
   * @return false if that step or a later one was taken before: wait for the next
   */
  boolean take(String account, long step);
}
