package dev.postern.testkit.server;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/** Asks round after round, and lets in whoever answered all of them right. */
final class ScriptedConversation implements KeyboardInteractiveAuthenticator {
  private final AttributeKey<Integer> position = new AttributeKey<>();
  private final String user;
  private final List<ServerRound> rounds;

  ScriptedConversation(String user, List<ServerRound> rounds) {
    this.user = user;
    this.rounds = List.copyOf(rounds);
  }

  /**
   * Asked for again after each round: MINA goes on until there is no challenge left or an answer
   * decides.
   */
  @Override
  public @Nullable InteractiveChallenge generateChallenge(
      ServerSession session, String name, String language, String submethods) {
    session.setAttribute(position, 0);
    return rounds.isEmpty() ? null : challenge(rounds.get(0));
  }

  private static InteractiveChallenge challenge(ServerRound round) {
    InteractiveChallenge challenge = new InteractiveChallenge();
    challenge.setInteractionName(round.name());
    challenge.setInteractionInstruction(round.instruction());
    challenge.setLanguageTag("");
    round.prompts().forEach(prompt -> challenge.addPrompt(prompt.text(), prompt.echo()));
    return challenge;
  }

  @Override
  public boolean authenticate(ServerSession session, String name, List<String> answers) {
    List<ServerRound.Ask> prompts = rounds.get(0).prompts();
    return name.equals(user)
        && answers.size() == prompts.size()
        && IntStream.range(0, answers.size())
            .allMatch(i -> prompts.get(i).accepted().test(answers.get(i)));
  }
}
