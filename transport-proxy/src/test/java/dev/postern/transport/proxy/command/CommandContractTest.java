package dev.postern.transport.proxy.command;

import dev.postern.testkit.contract.TransportContract;
import java.nio.file.Path;

/** Through a program that connects and carries bytes both ways. */
final class CommandContractTest extends TransportContract {
  @Override
  protected CommandProvider provider() {
    return new CommandProvider();
  }

  @Override
  protected String settings() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return """
        command = ["%s", "-Xshare:auto", "-cp", "%s", "%s", "%%h", "%%p"]
        environment = { TOKEN = "open sesame" }
        """
        .formatted(java, Path.of("target/test-classes").toAbsolutePath(), Netcat.class.getName());
  }

  @Override
  protected boolean standsBehindAHop() {
    return false;
  }

  @Override
  protected boolean noticesDeadEndpoints() {
    return false;
  }
}
