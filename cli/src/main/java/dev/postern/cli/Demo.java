package dev.postern.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.Forward;
import dev.postern.circuit.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;

/** The story of the main job, told while it happens. */
final class Demo {
  private final Console console;
  private final DemoWorld world;

  Demo(Console console, DemoWorld world) {
    this.console = console;
    this.world = world;
  }

  void run() throws Exception {
    console.print(
        "A bastion that asks for a password and a code, an inner host that takes a key, and a web page behind it.");
    console.print("All of them run in this process, on loopback. This is the route:");
    console.print("");
    console.print(Files.readString(world.configuration()).strip());
    console.print("");
    try (Postern postern =
            Postern.builder()
                .configuration(world.configuration())
                .environment(Map.of("BASTION_PASSWORD", world.password()))
                .build();
        Circuit circuit = postern.open("orders")) {
      console.print("The circuit is open. A command at its end, `uptime`, says:");
      console.print("  " + execute(circuit));
      Forward forward = circuit.forwards().get(0);
      console.print(
          "Through the forward on %s, the page says:"
              .formatted(Addresses.text(forward.localAddress())));
      console.print("  " + fetch(forward));
      console.print("The trail:");
      circuit.trail().toString().lines().forEach(line -> console.print("  " + line));
    }
    console.print("");
    console.print(
        "That was all: no port but the forward was opened here, and everything is closed again.");
  }

  private static String execute(Circuit circuit) throws Exception {
    try (RemoteProcess process = circuit.exec("uptime")) {
      String output = new String(process.output().readAllBytes(), UTF_8).strip();
      process.waitFor();
      return output;
    }
  }

  private static String fetch(Forward forward) throws IOException {
    URI page = URI.create("http://127.0.0.1:" + forward.localAddress().getPort() + "/");
    try (InputStream content = page.toURL().openStream()) {
      return new String(content.readAllBytes(), UTF_8).strip();
    }
  }
}
