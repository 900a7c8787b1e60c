package dev.postern.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.ServerRound;
import dev.postern.testkit.server.ServerRound.Ask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/writing-a-plugin.md says, done. */
final class WritingAPluginTest {
  @TempDir private Path folder;

  @Test
  void fourCommandsLeadFromAnEmptyFolderToAStrategyThatIsInstalledAndWorks() throws Exception {
    Commands commands = Commands.of("writing-a-plugin.md");
    assertThat(commands.count()).isEqualTo(4);
    Outside author = Outside.in(folder);

    String output = author.succeed(commands.text());
    assertThat(output)
        .contains("in com.example.GreetingTest", "in com.example.PackagedGreetingIT")
        .containsPattern("\nauth-greeting +1.0.0 +1.0 +ok +auth:greeting +");
    assertThat(ownLines(author.folder().resolve("auth-greeting/src/main/java")))
        .isLessThanOrEqualTo(40);

    assertThat(author.run("postern", "plugins", "describe", "greeting").output())
        .contains("word", "question", "How the question begins.");
    signIn(author);
    assertSameFiles(
        Checkout.file("examples/auth-greeting"), author.folder().resolve("auth-greeting"));
  }

  private void signIn(Outside author) throws Exception {
    try (EmbeddedServer server =
        EmbeddedServer.builder("alice")
            .conversation(ServerRound.of(Ask.hidden("Word of the day: ", "mellon")))
            .command(
                (line, input, output, error) -> {
                  output.write(("ran " + line + "\n").getBytes(UTF_8));
                  return 3;
                })
            .start()) {
      Path known = author.folder().resolve("known_hosts");
      Files.writeString(known, server.knownHostsLine() + "\n");
      Files.writeString(
          author.folder().resolve("postern.conf"),
          """
          postern {
            defaults { known-hosts = ["%s"] }
            routes.door.hops = [
              { host = 127.0.0.1, port = %d, user = alice, auth = [ { type = greeting, word = { env = WORD } } ] }
            ]
          }
          """
              .formatted(known, server.port()));
      Outside.Outcome outcome =
          author.with("WORD", "mellon").run("postern", "exec", "door", "--", "uptime");
      assertThat(outcome.error()).isEmpty();
      assertThat(outcome.output()).isEqualTo("ran uptime\n");
      assertThat(outcome.exitCode()).isEqualTo(3);
    }
  }

  /** Neither blank nor what a tool writes: package, imports. */
  private static long ownLines(Path sources) throws Exception {
    long lines = 0;
    for (Path file : files(sources)) {
      lines +=
          Files.readAllLines(sources.resolve(file)).stream()
              .filter(
                  line ->
                      !line.isBlank()
                          && !line.startsWith("import ")
                          && !line.startsWith("package "))
              .count();
    }
    return lines;
  }

  /** The example that the documentation shows is what the archetype makes. */
  private static void assertSameFiles(Path expected, Path actual) throws Exception {
    assertThat(files(actual)).containsExactlyElementsOf(files(expected));
    for (Path file : files(expected)) {
      assertThat(actual.resolve(file)).hasSameTextualContentAs(expected.resolve(file));
    }
  }

  private static List<Path> files(Path project) throws Exception {
    try (Stream<Path> files = Files.walk(project)) {
      return files
          .filter(Files::isRegularFile)
          .map(project::relativize)
          .filter(file -> !file.startsWith("target"))
          .sorted()
          .toList();
    }
  }
}
