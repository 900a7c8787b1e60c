package dev.postern.integration;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.RemoteProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Runs a command on a circuit to its end. */
record RemoteCommand(int exitStatus, String output, String error) {
  static RemoteCommand run(Circuit circuit, String command) throws Exception {
    try (RemoteProcess process = circuit.exec(command)) {
      process.input().close();
      String output = text(process.output().readAllBytes());
      String error = text(process.error().readAllBytes());
      ExecResult result = process.waitFor();
      return new RemoteCommand(result.exitStatus().orElse(-1), output, error);
    }
  }

  private static String text(byte[] bytes) throws IOException {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
