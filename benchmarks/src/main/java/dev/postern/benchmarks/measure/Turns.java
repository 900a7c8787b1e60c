package dev.postern.benchmarks.measure;

import static java.util.Objects.requireNonNull;

import dev.postern.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Peers that run side by side and take turns. One that fails is left out from then on. */
final class Turns implements AutoCloseable {
  /** What a peer does when its turn comes. */
  @FunctionalInterface
  interface Turn {
    void take(String name, Client client) throws ClientException, IOException, InterruptedException;
  }

  private final Map<Contestant, Client> clients = new LinkedHashMap<>();
  private final String measure;
  private final Results results;

  Turns(String measure, List<Contestant> contestants, Measure.Run run) throws IOException {
    this.measure = measure;
    Path folder = run.bed().folder();
    this.results = run.results();
    for (Contestant contestant : contestants) {
      clients.put(contestant, Client.start(contestant, folder));
    }
  }

  /** Gives everybody a turn, several times over. */
  void take(int times, Turn turn) throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      for (Contestant contestant : List.copyOf(clients.keySet())) {
        take(contestant, turn);
      }
    }
  }

  private void take(Contestant contestant, Turn turn) throws IOException, InterruptedException {
    Client client = requireNonNull(clients.get(contestant));
    try {
      turn.take(contestant.name(), client);
    } catch (ClientException | IOException e) {
      results.leaveOut(measure, contestant.name(), String.valueOf(e.getMessage()));
      clients.remove(contestant);
      client.close();
    }
  }

  @Override
  public void close() throws IOException {
    for (Client client : clients.values()) {
      client.close();
    }
  }
}
