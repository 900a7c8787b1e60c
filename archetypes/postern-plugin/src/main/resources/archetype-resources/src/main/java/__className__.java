package ${package};

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.Reply;
import dev.postern.api.secret.SecretException;
import java.util.Set;

/** Answers its own question, and leaves every other to the strategies after it. */
record ${className}(${className}Settings settings) implements AuthStrategy {
  @Override
  public Set<AuthMethod> methods() {
    return Set.of(AuthMethod.KEYBOARD_INTERACTIVE);
  }

  @Override
  public Reply prompt(Prompt prompt) throws SecretException {
    boolean mine = !prompt.echo() && prompt.text().startsWith(settings.question());
    return mine ? Reply.answer(settings.word().read()) : Reply.pass();
  }
}
