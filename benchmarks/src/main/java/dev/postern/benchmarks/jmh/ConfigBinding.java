package dev.postern.benchmarks.jmh;

import dev.postern.Postern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A configuration of ten routes of two hops, from the file to checked records. */
@State(Scope.Benchmark)
public class ConfigBinding {
  private static final int ROUTES = 10;
  private static final String ROUTE =
      """
      postern.routes.route%d.hops = [
        { host = bastion.example.com, user = alice, auth = [{ type = publickey, identities = ["~/.ssh/id_ed25519"] }] }
        { host = db%1$d.internal, port = 2222, user = app, auth = [{ type = publickey, agent = true }] }
      ]
      """;

  private Path file = Path.of("");

  /** Writes it. */
  @Setup
  public void write() throws IOException {
    file = Files.createTempFile("postern-benchmark", ".conf");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ROUTES; i++) {
      text.append(ROUTE.formatted(i));
    }
    Files.writeString(file, text);
  }

  /** Removes it. */
  @TearDown
  public void remove() throws IOException {
    Files.delete(file);
  }

  /** Reads, binds and checks it. */
  @Benchmark
  public List<String> load() {
    try (Postern postern = Postern.load(file)) {
      return postern.routes();
    }
  }
}
