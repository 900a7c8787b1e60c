package dev.postern.core.sshd;

import dev.postern.api.secret.SecretValue;
import dev.postern.circuit.Phase;
import dev.postern.core.auth.AuthEngine;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.ServerMessage;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers as a test says, and remembers what it was told. */
final class ScriptedEngine implements AuthEngine {
  final List<ServerMessage> heard = new CopyOnWriteArrayList<>();
  final List<String> banners = new CopyOnWriteArrayList<>();
  final List<String> algorithms = new CopyOnWriteArrayList<>();
  final CountDownLatch closed = new CountDownLatch(1);
  volatile boolean interrupted;
  volatile boolean closedInterrupted;

  private final Script script;

  ScriptedEngine(Script script) {
    this.script = script;
  }

  /** Sends a password, and is in. */
  static ScriptedEngine password(String password) {
    return new ScriptedEngine(
        message ->
            message instanceof ServerMessage.Success
                ? new ClientMove.SignedIn()
                : new ClientMove.SendPassword(SecretValue.of(password)));
  }

  /** Waits for a person who never comes. */
  static ScriptedEngine blocked(CountDownLatch reached) {
    return new ScriptedEngine(
        message -> {
          reached.countDown();
          new CountDownLatch(1).await();
          throw new AssertionError("nobody counts down");
        });
  }

  /** The engine is closed when the attempt is over, a moment after its result is known. */
  boolean isClosedSoon() throws InterruptedException {
    return closed.await(5, TimeUnit.SECONDS);
  }

  @Override
  public ClientMove next(ServerMessage message) throws HopFailure, InterruptedException {
    heard.add(message);
    try {
      return script.next(message);
    } catch (InterruptedException e) {
      interrupted = true;
      throw e;
    }
  }

  @Override
  public void banner(String text) {
    banners.add(text);
  }

  @Override
  public void signatureAlgorithms(List<String> names) {
    algorithms.addAll(names);
  }

  @Override
  public ClientMove signingFailed(IOException failure) {
    heard.add(new ServerMessage.Failure(List.of("signing failed: " + failure.getMessage()), false));
    return new ClientMove.AskMethods();
  }

  @Override
  public HopFailure signerFailed(Throwable failure) {
    return new HopFailure(Code.AUTH_STRATEGY_BROKEN, Phase.AUTH, "signer failed: " + failure);
  }

  @Override
  public String progress() {
    return "waiting for the password to be judged";
  }

  @Override
  public void close() {
    closedInterrupted = Thread.currentThread().isInterrupted();
    closed.countDown();
  }

  @FunctionalInterface
  interface Script {
    ClientMove next(ServerMessage message) throws HopFailure, InterruptedException;
  }
}
