package dev.postern.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract tells the author of a secret source that keeps to nothing. */
final class SecretSourceFaultsTest {
  private final SecretSourceContract faulty = new Wrong("sesame");

  @BeforeEach
  void write(@TempDir Path folder) throws IOException {
    faulty.folder = folder;
    Files.writeString(folder.resolve("word"), "sesame");
    Files.writeString(folder.resolve("words"), "open sesame");
  }

  private static void expect(ThrowingCallable test, String message) {
    assertThatThrownBy(test)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("sesame");
  }

  @Test
  void createThatReadsIsFound() {
    expect(faulty::createDoesNoInputOrOutput, "create must do no I/O; leave it to read");
  }

  @Test
  void aValueThatIsGivenTwiceIsFound() {
    expect(
        faulty::everyReadGivesAValueOfItsOwn,
        "a value was wiped together with the one before: give a copy at each read");
  }

  @Test
  void aSourceThatShowsItsSecretIsFoundAndNotQuoted() {
    expect(faulty::showsNoSecret, "the source's toString shows a secret");
  }

  @Test
  void aFailureThatQuotesTheSecretIsFoundAndNotQuoted() {
    expect(faulty::saysWhyThereIsNoSecret, "the SecretException shows a secret");
  }

  @Test
  void anotherSecretThanExpectedIsFoundAndNotQuoted() {
    Wrong other = new Wrong("another");
    other.folder = faulty.folder();
    expect(other::givesItsSecret, "the source must give what expected() says");
  }

  private static final class Wrong extends SecretSourceContract {
    private final String expected;

    Wrong(String expected) {
      this.expected = expected;
    }

    @Override
    protected FaultySecretProvider provider() {
      return new FaultySecretProvider();
    }

    @Override
    protected String settings() {
      return "path = \"%s\"".formatted(folder().resolve("word"));
    }

    @Override
    protected Optional<String> settingsWithoutSecret() {
      return Optional.of("path = \"%s\"".formatted(folder().resolve("words")));
    }

    @Override
    protected Set<String> secrets() {
      return Set.of("open sesame");
    }

    @Override
    protected String expected() {
      return expected;
    }
  }
}
