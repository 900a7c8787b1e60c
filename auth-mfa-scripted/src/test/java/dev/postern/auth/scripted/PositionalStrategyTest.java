package dev.postern.auth.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.secret.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PositionalStrategyTest {
  @Test
  void answersRoundByRoundAndPromptByPrompt() throws Exception {
    Conversation server = positional(List.of(List.of("alice", "pw"), List.of("1")));
    assertThat(server.round("+:", ":")).containsExactly("alice", "pw");
    assertThat(server.round("> ")).containsExactly("1");
  }

  @Test
  void aRoundWithoutPromptsUsesNothingUp() throws Exception {
    Conversation server = positional(List.of(List.of("pw"), List.of("1")));
    assertThat(server.explained("Welcome", "")).isEmpty();
    assertThat(server.round(":")).containsExactly("pw");
    assertThat(server.explained("", "Almost there")).isEmpty();
    assertThat(server.round(":")).containsExactly("1");
  }

  @Test
  void refusesARoundWithAnotherNumberOfPrompts() throws Exception {
    assertThat(positional(List.of(List.of("pw"), List.of("1"))).round("User:", "Password:"))
        .containsOnly(
            "the server asks 2 questions in round 1, and 'answers' has 1 answer for it; nothing was answered");
  }

  @Test
  void refusesARoundForWhichTheListIsEmpty() throws Exception {
    assertThat(positional(List.of(List.of())).round("Password:"))
        .containsExactly(
            "the server asks 1 question in round 1, and 'answers' has 0 answers for it; nothing was answered");
  }

  @Test
  void refusesARoundTooMany() throws Exception {
    Conversation server = positional(List.of(List.of("pw")));
    assertThat(server.round("Password:")).containsExactly("pw");
    assertThat(server.round("Code:"))
        .containsExactly(
            "the server asks in round 2, and 'answers' has only 1 round; add a list for it, or use rules");
  }

  @Test
  void aNewConversationBeginsAnew() throws Exception {
    Conversation server = positional(List.of(List.of("pw"), List.of("1")));
    assertThat(server.round(":")).containsExactly("pw");
    server.startAnew();
    assertThat(server.round(":")).containsExactly("pw");
  }

  private static Conversation positional(List<List<String>> answers) {
    return new Conversation(
        new PositionalStrategy(
            answers.stream().map(list -> list.stream().map(Secret::of).toList()).toList()));
  }
}
