package dev.postern.transport.proxy.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.transport.Transport;
import dev.postern.api.transport.TransportProvider;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import dev.postern.transport.proxy.wire.FakeHop;
import dev.postern.transport.proxy.wire.Links;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandTest {
  private static final Endpoint TARGET = new Endpoint("db.internal", 2222);

  private final FakePerson person = new FakePerson();
  private final FakeHopContext hop = new FakeHopContext(person);
  private Transport transport;

  @AfterEach
  void leavesNoProcess() throws Exception {
    if (transport != null) {
      transport.close();
    }
    await().atMost(10, SECONDS).until(() -> ProcessHandle.current().children().count() == 0);
  }

  @Test
  void theProgramsInputAndOutputAreTheStream() throws Exception {
    AsynchronousByteChannel channel = open("cat");
    Links.write(channel, "hello");
    assertThat(Links.read(channel, 5)).isEqualTo("hello");
    assertThat(hop.notes())
        .singleElement()
        .asString()
        .matches("through the program 'cat' \\(process \\d+\\)");
  }

  @Test
  void hostPortAndUserAreFilledInWithinAnArgument() throws Exception {
    AsynchronousByteChannel channel = open("echo", "-n", "%r at %h:%p, 100%%; $HOME *");
    assertThat(Links.read(channel, 40)).isEqualTo("alice at db.internal:2222, 100%; $HOME *");
  }

  @Test
  void aLargeStreamArrivesIntact() throws Exception {
    AsynchronousByteChannel channel = open("cat");
    long size = 100L << 20;
    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(channel, size));
    ByteBuffer block = ByteBuffer.allocate(64 << 10);
    for (long seen = 0; seen < size; ) {
      channel.read(block.clear()).get(10, SECONDS);
      for (block.flip(); block.hasRemaining(); seen++) {
        if (block.get() != byteAt(seen)) {
          throw new AssertionError("wrong byte at " + seen);
        }
      }
    }
    writing.get(10, SECONDS);
  }

  private static void write(AsynchronousByteChannel channel, long size) {
    ByteBuffer block = ByteBuffer.allocate(64 << 10);
    try {
      for (long sent = 0; sent < size; sent += block.capacity()) {
        fill(block.clear(), sent);
        channel.write(block).get(10, SECONDS);
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void fill(ByteBuffer buffer, long position) {
    while (buffer.hasRemaining()) {
      buffer.put(byteAt(position + buffer.position()));
    }
    buffer.flip();
  }

  private static byte byteAt(long position) {
    return (byte) (position ^ (position >> 8) ^ (position >> 16));
  }

  @Test
  void noMoreIsTakenFromTheProgramThanWasAskedFor() throws Exception {
    AsynchronousByteChannel channel = shell("head -c 1000000 /dev/zero; echo done >&2; cat");
    Links.read(channel, 500_000);
    assertThat(hop.notes()).doesNotContain("sh: done");
    Links.read(channel, 500_000);
    awaitNote("sh: done");
  }

  @Test
  void whatTheProgramSaysIsLabelledAndBounded() throws Exception {
    shell(
        "echo sh: one >&2; printf 'two\\rthree\\n\\n  \\n' >&2; head -c 9000 /dev/zero | tr '\\0' x >&2; echo >&2; seq 1000 >&2; echo end >&2; cat");
    awaitNote("sh: (more lines, not kept)");
    assertThat(hop.notes())
        .contains("sh: one", "sh: two", "sh: three", "sh: " + "x".repeat(500), "sh: 96")
        .doesNotContain("sh: 97", "sh: end");
    assertThat(person.heard()).isEmpty();
  }

  @Test
  void thePersonSeesItWhereThatIsWanted() throws Exception {
    transport =
        new CommandProvider()
            .create(
                new CommandConfig(
                    List.of("sh", "-c", "echo 'open https://login' >&2; cat"), Map.of(), true),
                hop);
    transport.open(TARGET, null);
    await()
        .untilAsserted(
            () -> assertThat(person.heard()).containsExactly("told: sh: open https://login"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo first >&2; echo cannot resolve >&2; exit 7 | ended with exit code 7; it said: \"first\", \"cannot resolve\"",
        "exit 0 | ended with exit code 0; it said nothing on its standard error, so try it by hand",
        "seq 9 >&2; kill -9 $$ | ended with exit code 137; it said: \"7\", \"8\", \"9\"",
        "exec >&-; sleep 100 | closed its standard output or input; it said nothing on its standard error, so try it by hand",
      })
  void theEndOfTheProgramIsAFailureThatSaysWhy(String script, String words) throws Exception {
    AsynchronousByteChannel channel = shell(script);
    assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(9)).get(10, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessage("the program 'sh' " + words);
  }

  @Test
  void aFailedWriteSaysWhyToo() throws Exception {
    AsynchronousByteChannel channel = shell("echo no >&2; exit 3");
    awaitNote("sh: no");
    assertThatThrownBy(
            () -> {
              while (true) {
                channel.write(ByteBuffer.allocate(9000)).get(10, SECONDS);
              }
            })
        .cause()
        .hasMessage("the program 'sh' ended with exit code 3; it said: \"no\"");
  }

  @Test
  void closingEndsTheProgramAndItsChildren() throws Exception {
    shell("sleep 1000 & echo $! >&2; cat");
    assertEndsWithTheTransport();
  }

  @Test
  void whoIgnoresTheSignalIsForced() throws Exception {
    shell(
        "trap '' TERM; (trap '' TERM; sleep 1000; sleep 1000) & echo $! >&2; sleep 1000; sleep 1000");
    assertEndsWithTheTransport();
  }

  @Test
  void aScriptThatIsForcedDoesNotGoOn() throws Exception {
    shell("trap '' TERM; sleep 1000 & echo $! >&2; wait; sleep 1234567");
    assertEndsWithTheTransport();
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(
            each -> each.info().commandLine().filter(line -> line.endsWith("1234567")).isPresent());
  }

  private void assertEndsWithTheTransport() {
    await().until(() -> hop.notes().stream().anyMatch(note -> note.matches("sh: \\d+")));
    List<ProcessHandle> all = ProcessHandle.current().descendants().toList();
    assertThat(all).hasSizeGreaterThan(1);
    transport.close();
    await().atMost(10, SECONDS).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void closingEndsAReadThatWaits() throws Exception {
    AsynchronousByteChannel channel = open("cat");
    Future<Integer> reading = channel.read(ByteBuffer.allocate(1));
    channel.close();
    assertThat(channel.isOpen()).isFalse();
    assertThatThrownBy(() -> reading.get(10, SECONDS)).isInstanceOf(ExecutionException.class);
    assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)).get(10, SECONDS))
        .isInstanceOf(ExecutionException.class);
  }

  @Test
  void anIdleProgramTakesTwoThreads() throws Exception {
    AsynchronousByteChannel channel = open("cat");
    Links.write(channel, "x");
    Links.read(channel, 1);
    Future<Integer> reading = channel.read(ByteBuffer.allocate(1));
    await().atMost(10, SECONDS).until(() -> ownThreads() == 2);
    assertThat(reading).isNotDone();
    transport.close();
    await().atMost(10, SECONDS).until(() -> ownThreads() == 0);
  }

  private static long ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("postern-command-"))
        .count();
  }

  @Test
  void theEnvironmentIsAddedTo() throws Exception {
    transport =
        new CommandProvider()
            .create(
                new CommandConfig(
                    List.of("sh", "-c", "printf %%s \"$TOKEN${PATH:+ and PATH}\""),
                    Map.of("TOKEN", Secret.of("s3")),
                    false),
                hop);
    assertThat(Links.read(Links.channel(transport.open(TARGET, null)), 11))
        .isEqualTo("s3 and PATH");
  }

  @Test
  void aMissingSecretStopsBeforeAnythingIsStarted() {
    Secret missing =
        () -> {
          throw new SecretException("the variable X is not set");
        };
    transport =
        new CommandProvider()
            .create(new CommandConfig(List.of("cat"), Map.of("TOKEN", missing), false), hop);
    assertThatThrownBy(() -> transport.open(TARGET, null))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the value of TOKEN, for the program's environment, is not to be had: the variable X is not set");
  }

  @Test
  void aProgramThatDoesNotExistIsNamed(@TempDir Path folder) throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "x");
    assertThatThrownBy(() -> open("no-such-program", "secret"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "there is no program 'no-such-program' on the PATH; install it, or write its whole path");
    assertThatThrownBy(() -> open("/no/such"))
        .hasMessage("there is no program '/no/such'; check its path");
    assertThatThrownBy(() -> open("~/none"))
        .hasMessage("there is no program '/home/alice/none'; check its path");
    assertThatThrownBy(() -> open(text.toString()))
        .hasMessage("the program '%s' may not be run; check its rights (chmod +x)".formatted(text));
    assertThatThrownBy(() -> open("cat", "a\0b")).hasMessage("the program 'cat' cannot be started");
  }

  @Test
  void behindAHopItMakesNoSense() {
    transport =
        new CommandProvider().create(new CommandConfig(List.of("cat"), Map.of(), false), hop);
    assertThatThrownBy(() -> transport.open(TARGET, new FakeHop()))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(
            "it starts a program on this machine, which does not go through another hop; use 'jump', or make this the first hop");
  }

  @Test
  void aHostThatLooksLikeAnOptionIsRefused() {
    transport =
        new CommandProvider()
            .create(new CommandConfig(List.of("nc", "%h", "%p"), Map.of(), false), hop);
    assertThatThrownBy(() -> transport.open(new Endpoint("-e/bin/sh", 22), null))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(
            "'%h' becomes '-e/bin/sh', which a program would take for an option; write 'host' in another way");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%x", "100%", "%%%"})
  void unknownTokensAreRefused(String argument) {
    assertThatThrownBy(() -> new CommandConfig(List.of("nc", argument), Map.of(), false))
        .hasMessageContaining("is not known; there are %h (host), %p (port), %r (user) and %%")
        .hasMessageContaining("in '" + argument + "'");
  }

  @Test
  void aProgramMustBeNamed() {
    assertThatThrownBy(() -> new CommandConfig(List.of(), Map.of(), false))
        .hasMessage("command: the program is not named");
    assertThatThrownBy(() -> new CommandConfig(List.of("nc"), Map.of("A=B", Secret.of("x")), false))
        .hasMessage("environment: 'A=B' is no name of a variable");
  }

  @Test
  void allThreeAreFoundUnderTheirTypes() {
    assertThat(ServiceLoader.load(TransportProvider.class))
        .map(provider -> provider.type())
        .contains("command", "socks5", "http-connect");
  }

  private AsynchronousByteChannel shell(String script) throws Exception {
    // A percent sign is a token's beginning.
    return open("sh", "-c", script.replace("%", "%%"));
  }

  private AsynchronousByteChannel open(String... command) throws Exception {
    transport =
        new CommandProvider().create(new CommandConfig(List.of(command), Map.of(), false), hop);
    return Links.channel(transport.open(TARGET, null));
  }

  private void awaitNote(String note) {
    await().atMost(10, SECONDS).untilAsserted(() -> assertThat(hop.notes()).contains(note));
  }
}
