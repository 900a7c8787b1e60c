package dev.postern.testkit.server;

import static java.util.stream.Collectors.joining;

import dev.postern.core.sshd.JdkEd25519;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.session.ServerConnectionServiceFactory;

/** Makes MINA's server of a script. */
final class ServerStart {
  private final ServerScript script;
  private final ServerLog log = new ServerLog();
  private final SshServer server;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "testkit-timer");
            thread.setDaemon(true);
            return thread;
          });

  private ServerStart(ServerScript script) {
    JdkEd25519.register();
    this.script = script;
    this.server = SshServer.setUpDefaultServer();
  }

  static EmbeddedServer start(ServerScript script) throws IOException {
    return new ServerStart(script).start();
  }

  private EmbeddedServer start() throws IOException {
    server.setHost("127.0.0.1");
    server.setPort(0);
    List<KeyPair> hostKeys = hostKeys();
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
    script.hostAuthority.ifPresent(
        authority -> {
          List<OpenSshCertificate> certificates =
              hostKeys.stream()
                  .map(key -> authority.hostCertificate(key.getPublic(), List.of("127.0.0.1")))
                  .toList();
          server.setHostKeyCertificateProvider(session -> certificates);
        });
    signingIn();
    server.addSessionListener(script.cut);
    server.setForwardingFilter(new ForwardingRule(script.forwarding, log));
    server.setCommandFactory(
        (channel, line) -> {
          log.commands.add(line);
          return new RunningCommand(line, script.command, script.cut);
        });
    try {
      server.start();
    } catch (IOException | RuntimeException e) {
      timer.shutdownNow();
      throw e;
    }
    return new EmbeddedServer(server, hostKeys, script.hostAuthority, log, timer);
  }

  private List<KeyPair> hostKeys() {
    return script.hostKeys.isEmpty()
        ? List.of(KeyKind.ECDSA.generate(), KeyKind.ED25519.generate())
        : script.hostKeys.stream().map(KeyKind::generate).toList();
  }

  private void signingIn() {
    List<List<Step>> ways = script.ways.stream().map(List::copyOf).toList();
    if (script.openDoor) {
      server.setServiceFactories(
          List.of(new OpenDoor.Factory(script.user, log), ServerConnectionServiceFactory.INSTANCE));
    }
    if (ways.get(0).isEmpty()) {
      // MINA wants a method to offer, if only to those who are somebody else.
      ways = List.of(List.of(new Step(new Wanted.Keys(List.of(), List.of()), Duration.ZERO)));
    }
    offer(ways);
  }

  private void offer(List<List<Step>> ways) {
    server.setUserAuthFactories(
        ways.stream()
            .flatMap(List::stream)
            .map(Step::method)
            .distinct()
            .<UserAuthFactory>map(
                method -> new JudgedFactory(method, script.user, ways, log, script.cut, timer))
            .toList());
    CoreModuleProperties.AUTH_METHODS.set(
        server,
        ways.stream()
            .map(way -> way.stream().map(Step::method).collect(joining(",")))
            .collect(joining(" ")));
    server.setPublickeyAuthenticator(
        (name, given, session) ->
            name.equals(script.user)
                && Progress.of(session, ways)
                    .next("publickey")
                    .filter(step -> ((Wanted.Keys) step.wanted()).accepts(name, given))
                    .isPresent());
    script.banner.ifPresent(text -> CoreModuleProperties.WELCOME_BANNER.set(server, text));
  }
}
