package dev.postern.benchmarks.measure;

import dev.postern.benchmarks.bed.Hop;
import dev.postern.benchmarks.measure.Contestant.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A running peer, by the contract of {@code PeerMain}. */
final class Client implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Contestant contestant;
  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;

  private Client(Contestant contestant, Process process) {
    this.contestant = contestant;
    this.process = process;
    this.requests = process.outputWriter();
    this.answers = process.inputReader();
  }

  static Client start(Contestant contestant, Path folder) throws IOException {
    Process process =
        new ProcessBuilder(contestant.command(folder))
            .redirectError(
                ProcessBuilder.Redirect.appendTo(
                    folder.resolve("log-" + contestant.name()).toFile()))
            .start();
    return new Client(contestant, process);
  }

  ProcessTree tree() {
    return new ProcessTree(process.toHandle(), contestant.kind() != Kind.STARTER);
  }

  double firstByte(List<Hop> hops) throws ClientException, InterruptedException {
    return Double.parseDouble(ask("first-byte", hops));
  }

  int forward(List<Hop> hops, Hop target) throws ClientException, InterruptedException {
    return Integer.parseInt(ask("forward " + target, hops));
  }

  void closeForward() throws ClientException, InterruptedException {
    ask("close", List.of());
  }

  int targets(int parallel, Hop jump, List<Hop> targets)
      throws ClientException, InterruptedException {
    List<Hop> hops = new ArrayList<>(List.of(jump));
    hops.addAll(targets);
    return Integer.parseInt(ask("targets " + parallel, hops));
  }

  void hold(Hop jump, List<Hop> targets) throws ClientException, InterruptedException {
    List<Hop> hops = new ArrayList<>(List.of(jump));
    hops.addAll(targets);
    ask("hold", hops);
  }

  long heap() throws ClientException, InterruptedException {
    return Long.parseLong(ask("heap", List.of()));
  }

  long allocated() throws ClientException, InterruptedException {
    return Long.parseLong(ask("allocated", List.of()));
  }

  private String ask(String request, List<Hop> hops) throws ClientException, InterruptedException {
    StringBuilder line = new StringBuilder(request);
    hops.forEach(hop -> line.append(' ').append(hop));
    try {
      requests.append(line).append('\n').flush();
      String answer =
          CompletableFuture.supplyAsync(this::read).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (answer.startsWith("ok")) {
        return answer.substring(2).strip();
      }
      throw new ClientException(answer.substring(2).strip());
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw new ClientException("no answer within " + PATIENCE.toSeconds() + " s");
    } catch (IOException | ExecutionException e) {
      throw new ClientException("it has ended: " + e.getMessage());
    }
  }

  private String read() {
    try {
      String line = answers.readLine();
      return line == null ? "no it has ended" : line;
    } catch (IOException e) {
      return "no " + e.getMessage();
    }
  }

  boolean isJava() {
    return contestant.kind() == Kind.JAVA;
  }

  /** Ends it, and waits for that. */
  @Override
  public void close() throws IOException {
    List<ProcessHandle> children = process.descendants().toList();
    try {
      requests.close();
    } catch (IOException e) {
      // It has ended by itself.
    }
    if (process.isAlive()
        && process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join().isAlive()) {
      process.destroyForcibly().onExit().join();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
