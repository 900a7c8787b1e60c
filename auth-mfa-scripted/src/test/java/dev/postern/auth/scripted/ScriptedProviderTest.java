package dev.postern.auth.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.Secret;
import dev.postern.auth.scripted.ScriptedConfig.Echo;
import dev.postern.auth.scripted.ScriptedConfig.Rule;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class ScriptedProviderTest {
  private static final Rule RULE = new Rule(PromptPattern.of("A"), Secret.of("1"), Echo.ANY, 1);
  private static final Optional<List<List<Secret>>> ANSWERS =
      Optional.of(List.of(List.of(Secret.of("x"))));

  @Test
  void isFoundUnderItsType() {
    assertThat(ServiceLoader.load(AuthStrategyProvider.class))
        .singleElement()
        .satisfies(
            provider -> {
              assertThat(provider.type()).isEqualTo("mfa-scripted");
              assertThat(provider.configType()).isEqualTo(ScriptedConfig.class);
            });
  }

  @Test
  void servesPromptsOnly() {
    assertThat(strategy(List.of(RULE), Optional.empty()).methods())
        .containsExactly(AuthMethod.KEYBOARD_INTERACTIVE);
    assertThat(strategy(List.of(), ANSWERS).methods())
        .containsExactly(AuthMethod.KEYBOARD_INTERACTIVE);
  }

  @Test
  void rulesAnswerByWhatIsAskedAndAnswersByPosition() throws Exception {
    assertThat(new Conversation(strategy(List.of(RULE), Optional.empty())).round("B"))
        .containsExactly("pass");
    assertThat(new Conversation(strategy(List.of(), ANSWERS)).round("B")).containsExactly("x");
  }

  @Test
  void refusesRulesAndAnswersTogether() {
    assertThatThrownBy(() -> new ScriptedConfig(List.of(RULE), false, ANSWERS))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("mfa-scripted takes rules or answers, not both; remove one of them");
  }

  @Test
  void refusesToHaveNothingToAnswerWith() {
    assertThatThrownBy(() -> new ScriptedConfig(List.of(), false, Optional.empty()))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("mfa-scripted has nothing to answer with; give it rules or answers");
  }

  @Test
  void refusesARuleThatNeverAnswers() {
    assertThatThrownBy(() -> new Rule(PromptPattern.of("A"), Secret.of("1"), Echo.ANY, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("times: 0 is not at least 1");
  }

  @Test
  void printsNoAnswer() {
    assertThat(new ScriptedConfig(List.of(RULE), false, Optional.empty()).toString())
        .contains("***")
        .doesNotContain("answer=1");
  }

  private static AuthStrategy strategy(List<Rule> rules, Optional<List<List<Secret>>> answers) {
    return new ScriptedProvider()
        .create(new ScriptedConfig(rules, false, answers), new FakeHopContext(new FakePerson()));
  }
}
