package com.example.postern.vault;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.HopContext;
import dev.postern.api.secret.SecretException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The fresh certificates, with their keys. Of those who want the same one at the same time, the
 * first asks and the others wait for what comes of it. Safe for use by several threads.
 */
final class Certificates {
  private final Map<Signing, CompletableFuture<CertifiedKey>> flights = new HashMap<>();

  /** A fresh one, signed now if there is none. */
  CertifiedKey get(Signing signing, Token token, HopContext hop)
      throws SecretException, InterruptedException {
    while (true) {
      CompletableFuture<CertifiedKey> mine = new CompletableFuture<>();
      CompletableFuture<CertifiedKey> flight = flight(signing, mine, hop.time().now());
      if (flight == mine) {
        return lead(mine, signing, token, hop);
      }
      try {
        return joined(flight.get(), hop);
      } catch (CancellationException e) {
        // Who asked was interrupted, which is no answer for others.
      } catch (ExecutionException e) {
        throw again(e.getCause());
      }
    }
  }

  /** The one to join; what is stale is dropped, and its key with it. */
  private synchronized CompletableFuture<CertifiedKey> flight(
      Signing signing, CompletableFuture<CertifiedKey> mine, Instant now) {
    flights.entrySet().removeIf(entry -> !isUsable(entry.getKey(), entry.getValue(), now));
    CompletableFuture<CertifiedKey> there = flights.putIfAbsent(signing, mine);
    return there == null ? mine : there;
  }

  private static boolean isUsable(
      Signing signing, CompletableFuture<CertifiedKey> flight, Instant now) {
    return !flight.isDone()
        || (!flight.isCompletedExceptionally()
            && flight.join().certificate().isFresh(now, signing.renewBefore()));
  }

  private static CertifiedKey lead(
      CompletableFuture<CertifiedKey> flight, Signing signing, Token token, HopContext hop)
      throws SecretException, InterruptedException {
    try {
      CertifiedKey signed = CertifiedKey.ask(signing, token, hop);
      flight.complete(signed);
      return signed;
    } catch (SecretException | MisconfiguredException e) {
      flight.completeExceptionally(e);
      throw e;
    } finally {
      flight.cancel(false);
    }
  }

  private static CertifiedKey joined(CertifiedKey shared, HopContext hop) {
    hop.note(
        "uses the %s, valid until %s".formatted(shared.description(), shared.certificate().end()));
    return shared;
  }

  /** With the stack of who waited. */
  private static SecretException again(Throwable cause) {
    if (cause instanceof MisconfiguredException) {
      throw new MisconfiguredException(cause.getMessage(), cause);
    }
    return new SecretException(String.valueOf(cause.getMessage()), cause);
  }
}
