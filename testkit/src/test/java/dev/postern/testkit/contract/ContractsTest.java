package dev.postern.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.auth.Prompt;
import dev.postern.testkit.example.FriendProvider;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.ServerRound;
import dev.postern.testkit.server.ServerRound.Ask;
import dev.postern.testkit.server.ServerScript;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract tells the author of a strategy that keeps to nothing. */
final class ContractsTest {
  private final AuthStrategyContract faulty = new Wrong(new FaultyProvider());
  private final AuthStrategyContract clumsy = new Wrong(new ClumsyProvider());

  @BeforeEach
  void lendFolder(@TempDir Path folder) {
    faulty.folder = folder;
    clumsy.folder = folder;
  }

  private static void expect(ThrowingCallable test, String message) {
    assertThatThrownBy(test).isInstanceOf(AssertionError.class).hasMessageContaining(message);
  }

  @Test
  void aConstructorThatReadsAFileIsFound() {
    expect(
        faulty::itsConstructorDoesNothing,
        "the constructor of the provider must do nothing: it runs for routes that do not use it");
    expect(faulty::itsConstructorDoesNothing, "FileRead /etc/hostname");
  }

  @Test
  void aRecordWithoutSentencesIsFound() {
    expect(
        faulty::everySettingIsDescribed,
        "dev.postern.testkit.contract.FaultyProvider$Config needs a @Doc that says what the plugin does");
    assertThat(Components.withoutDoc(FaultyProvider.Config.class)).containsExactly("Config.word");
  }

  @Test
  void aWrongDefaultIsFound() {
    expect(faulty::itsSettingsBind, "settings() must bind");
    expect(faulty::everyDefaultBinds, "@Default(\"often\") of 'times' must bind");
  }

  @Test
  void aTypeThatNothingCanBeIsFound() {
    expect(
        new Wrong(new FaultyProvider(), "times = 1", faulty.folder())
            ::everySettingIsOfATypeThatCanBeWritten,
        "'thread' is a java.util.Optional<java.lang.Thread>, which no setting can be; take text,");
  }

  @Test
  void createThatReadsAndSharesIsFound() {
    AuthStrategyContract bound = bound();
    expect(bound::createDoesNoInputOrOutput, "create must do no I/O");
    expect(bound::everyOpeningGetsAStrategyOfItsOwn, "create must make a new strategy each time");
    expect(
        clumsy::createDoesNoInputOrOutput,
        "create must read no secret: no host key is verified yet");
  }

  @Test
  void aMethodThatIsServedAndNotNamedIsFound() {
    expect(
        bound()::itsMethodsAreThoseItServes,
        "methods must name what dev.postern.testkit.contract.FaultyProvider$Faulty overrides");
  }

  @Test
  void anAnswerToEverythingIsFound() {
    expect(
        bound()::leavesPromptsThatAreNotItsOwnToOthers,
        "'' is not for this strategy: it must say Reply.pass()");
    expect(
        bound()::answersNoPromptThatWouldShowTheSecret,
        "'Word: ' with echo on would show the answer: say Reply.pass(), or override answersShownPrompts()");
  }

  @Test
  void anAnswerThatIsGivenTwiceIsFound() {
    expect(
        bound()::everyAnswerIsAValueOfItsOwn,
        "an answer was wiped together with the one before: give a copy each time");
  }

  @Test
  void aSecretInANoteOrInATextIsFoundAndNotQuoted() {
    assertThatThrownBy(clumsy::showsNoSecret)
        .hasMessageContaining("a note in the trail shows a secret")
        .hasMessageNotContaining("open sesame");
    assertThatThrownBy(bound()::showsNoSecret)
        .hasMessageContaining("the record's toString shows a secret")
        .hasMessageNotContaining("open sesame");
  }

  @Test
  void aServerThatRefusesIsShownWithTheTrail() {
    assertThatThrownBy(new Refused()::signIn)
        .hasMessageContaining("Permission denied (keyboard-interactive)");
  }

  private AuthStrategyContract bound() {
    return new Wrong(new FaultyProvider(), "times = 1", faulty.folder());
  }

  private final class Refused {
    void signIn() throws Exception {
      AuthStrategyContract contract =
          new Wrong(new FriendProvider()) {
            @Override
            protected List<Prompt> ownPrompts() {
              return List.of();
            }

            @Override
            protected ServerScript server() {
              return EmbeddedServer.builder("alice")
                  .conversation(ServerRound.of(Ask.hidden("Speak, friend: ", "another")));
            }
          };
      contract.folder = faulty.folder();
      contract.signsInToItsServer();
    }
  }

  private static class Wrong extends AuthStrategyContract {
    private final AuthStrategyProvider<?> provider;
    private final String more;

    Wrong(AuthStrategyProvider<?> provider) {
      this(provider, "", Path.of("."));
    }

    Wrong(AuthStrategyProvider<?> provider, String more, Path folder) {
      this.provider = provider;
      this.more = more;
      this.folder = folder;
    }

    @Override
    protected AuthStrategyProvider<?> provider() {
      return provider instanceof FaultyProvider ? new FaultyProvider() : provider;
    }

    @Override
    protected String settings() {
      return "word = \"open sesame\"\n" + more;
    }

    @Override
    protected List<Prompt> ownPrompts() {
      return List.of(hidden("Word: "));
    }

    @Override
    protected ServerScript server() {
      return EmbeddedServer.builder("alice")
          .conversation(ServerRound.of(Ask.hidden("Word: ", "open sesame")));
    }
  }
}
