package dev.postern.benchmarks.measure;

import dev.postern.benchmarks.bed.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests to a web server through a forward, by {@code wrk}: over 500 connections that stay, and
 * with a connection, so a channel, for each request.
 */
public final class RequestsMeasure implements Measure {
  /** Its tables. */
  public static final String NAME = "requests";

  /** The table of connections that stay. */
  public static final String KEPT = "requests, 500 kept connections";

  /** The table of a channel for each request. */
  public static final String CLOSED = "requests, a channel for each";

  /** A figure of both. */
  public static final String RATE = "requests/s";

  /** A figure of both. */
  public static final String P99 = "p99, ms";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run(Run run) throws IOException, InterruptedException {
    Optional<Path> wrk = Programs.find("wrk");
    if (wrk.isEmpty()) {
      run.results().leaveOut(NAME, "everybody", "wrk is not installed");
      return;
    }
    boolean quick = run.effort().quick();
    Load load = new Load(wrk.get().toString(), run);
    try (Turns turns = new Turns(KEPT, run.contestants(), run)) {
      Map<String, Integer> ports = new HashMap<>();
      turns.take(
          1,
          (name, client) ->
              ports.put(name, client.forward(run.bed().near(1), run.bed().webServer())));
      turns.take(2, (name, client) -> load.warmUp(ports.getOrDefault(name, 0)));
      int web = run.bed().webServer().port();
      for (int i = 0; i < (quick ? 2 : 3); i++) {
        load.keep("loopback", web, quick ? 3 : 6);
        turns.take(
            1, (name, client) -> load.keep(name, ports.getOrDefault(name, 0), quick ? 3 : 6));
      }
      for (int i = 0; i < (quick ? 2 : 3); i++) {
        turns.take(
            1, (name, client) -> load.close(name, ports.getOrDefault(name, 0), quick ? 2 : 5));
      }
    }
  }

  private record Load(String wrk, Run run) {
    void warmUp(int port) throws IOException, InterruptedException {
      wrk(port, 50, 1, List.of());
      wrk(port, 20, 1, List.of("-H", "Connection: close"));
    }

    void keep(String name, int port, int seconds) throws IOException, InterruptedException {
      add(KEPT, name, wrk(port, 500, seconds, List.of()));
    }

    void close(String name, int port, int seconds) throws IOException, InterruptedException {
      add(CLOSED, name, wrk(port, 50, seconds, List.of("-H", "Connection: close")));
    }

    private WrkOutput wrk(int port, int connections, int seconds, List<String> options)
        throws IOException, InterruptedException {
      List<String> command = new ArrayList<>(List.of(wrk, "-t1", "--latency"));
      command.add("-c" + connections);
      command.add("-d" + seconds + "s");
      command.addAll(options);
      command.add("http://127.0.0.1:" + port + "/");
      return WrkOutput.parse(Programs.output(command));
    }

    private void add(String table, String name, WrkOutput output) {
      run.results().add(table, name, RATE, output.rate());
      run.results().add(table, name, "p50, ms", output.p50Millis());
      run.results().add(table, name, P99, output.p99Millis());
      if (output.errors() > 0) {
        run.results().add(table, name, "errors", output.errors());
      }
    }
  }
}
