package dev.postern.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;

/** The story of the main job, told while it happens. */
final class Demo {
  private final PrintStream out;
  private final DemoWorld world;

  Demo(PrintStream out, DemoWorld world) {
    this.out = out;
    this.world = world;
  }

  void run() throws CircuitException, IOException, InterruptedException {
    out.println(
        "A bastion that asks for a password and a code, an inner host that takes a key, and a web page behind it.");
    out.println("All of them run in this process, on loopback. This is the route:");
    out.println("");
    out.println(Files.readString(world.configuration()).strip());
    out.println("");
    try (Postern postern =
            Postern.builder()
                .configuration(world.configuration())
                .environment(Map.of("BASTION_PASSWORD", world.password()))
                .build();
        Circuit circuit = postern.open("orders")) {
      out.println("The circuit is open. A command at its end, `uptime`, says:");
      out.println("  " + execute(circuit));
      Forward forward = circuit.forwards().get(0);
      out.println("Through the forward on %s, the page says:".formatted(forward.address()));
      out.println("  " + fetch(forward));
      out.println("The trail:");
      circuit.trail().toString().lines().forEach(line -> out.println("  " + line));
    }
    out.println("");
    out.println(
        "That was all: no port but the forward was opened here, and everything is closed again.");
  }

  private static String execute(Circuit circuit)
      throws CircuitException, IOException, InterruptedException {
    try (RemoteProcess process = circuit.exec("uptime")) {
      String output = new String(process.output().readAllBytes(), UTF_8).strip();
      process.waitFor();
      return output;
    }
  }

  private static String fetch(Forward forward) throws IOException {
    URI page = URI.create("http://127.0.0.1:" + forward.port() + "/");
    try (InputStream content = page.toURL().openConnection(Proxy.NO_PROXY).getInputStream()) {
      return new String(content.readAllBytes(), UTF_8).strip();
    }
  }
}
