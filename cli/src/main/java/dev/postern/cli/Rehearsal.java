package dev.postern.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.Postern;
import dev.postern.cli.demo.DemoWorld;
import dev.postern.cli.demo.EchoServer;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.surroundings.Distribution;
import dev.postern.cli.surroundings.LibraryRoutes;
import dev.postern.cli.surroundings.PluginPlaces;
import dev.postern.cli.surroundings.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the launcher has a process do whose classes it archives: the usual commands, against servers
 * of its own on loopback. Reads no configuration of the user's and asks nobody.
 */
public final class Rehearsal {
  private static final int SECONDS = 60;
  private static final List<String> EXCHANGES =
      List.of("sntrup761x25519-sha512", "mlkem768x25519-sha256", "curve25519-sha256");

  private final Path folder;

  private Rehearsal(Path folder) {
    this.folder = folder;
  }

  /** Rehearses in the folder that the only argument names, and ends the process. */
  public static void main(String[] arguments) {
    limitTime();
    Main.settle();
    Rehearsal rehearsal = new Rehearsal(Path.of(arguments[0]));
    rehearsal.helps();
    rehearsal.connects();
    System.exit(ExitCodes.OK);
  }

  /** Without an archive, if something hangs: halting writes none. */
  private static void limitTime() {
    Thread limit =
        new Thread(
            () -> {
              try {
                Thread.sleep(SECONDS * 1000L);
              } catch (InterruptedException e) {
                return;
              }
              Runtime.getRuntime().halt(ExitCodes.FAILURE);
            },
            "postern-limit");
    limit.setDaemon(true);
    limit.start();
  }

  private void helps() {
    run(Map.of(), "--help");
    run(Map.of(), "--version");
    run(Map.of(), "exec", "--help");
    run(Map.of(), "completion");
    run(Map.of(), "plugins");
  }

  private void connects() {
    Postern.warmUp();
    // Real servers choose these where the demo's cannot.
    EXCHANGES.forEach(this::toAnEcho);
    try {
      throughTwoHops();
    } catch (NoClassDefFoundError e) {
      // A distribution has no servers of its own.
    }
  }

  private void throughTwoHops() {
    try (DemoWorld world = DemoWorld.start()) {
      String configuration = world.configuration().toString();
      Map<String, String> password = Map.of("BASTION_PASSWORD", world.password());
      run(password, "check", "-F", configuration);
      run(password, "exec", "--batch", "-F", configuration, "orders", "--", "uptime");
      List<String> words = new ArrayList<>(List.of("exec", "--batch", "-F", "none"));
      words.addAll(world.innerServer());
      words.addAll(List.of("--", "uptime"));
      run(Map.of(), words.toArray(String[]::new));
    } catch (IOException e) {
      // As below.
    }
  }

  /** Our own greeting and offer, sent back, take us into the key exchange. */
  private void toAnEcho(String exchange) {
    try (EchoServer server = EchoServer.start()) {
      String port = String.valueOf(server.port());
      String known = "UserKnownHostsFile=" + folder.resolve("known_hosts");
      run(
          Map.of(),
          "exec",
          "--batch",
          "-F",
          "none",
          "-o",
          known,
          "-o",
          "IdentityAgent=none",
          "-o",
          "KexAlgorithms=" + exchange,
          "-p",
          port,
          "nobody@127.0.0.1",
          "--",
          "true");
    } catch (IOException e) {
      // An archive of what was loaded so far is better than none.
    }
  }

  private void run(Map<String, String> environment, String... arguments) {
    Surroundings process = Surroundings.ofProcess();
    Distribution distribution = process.distribution();
    PluginPlaces plugins = new PluginPlaces(Map.of(), folder, distribution.folder());
    InputStream nothing = new ByteArrayInputStream(new byte[0]);
    Main.run(
        new Surroundings(
            nothing,
            OutputStream.nullOutputStream(),
            new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
            environment,
            folder,
            folder,
            process.terminals(),
            process.screen(),
            process.signals(),
            distribution,
            plugins,
            (configuration, person, hopBegun, forwards) ->
                LibraryRoutes.load(
                    environment, plugins.all(), configuration, person, hopBegun, forwards)),
        arguments);
  }
}
