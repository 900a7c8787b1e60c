package dev.postern.testkit.contract;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.auth.PasswordRequest;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.Reply;
import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import dev.postern.api.hop.HopContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** A strategy that keeps to nothing: every test of the contract must find its fault. */
public final class FaultyProvider implements AuthStrategyProvider<FaultyProvider.Config> {
  /** Kept and used for every opening. */
  private final Faulty shared = new Faulty();

  /** No sentence, a wrong default, a type that nothing can be, a secret as a text. */
  public record Config(
      Secret word,
      @Doc("How often.") @Default("often") int times,
      @Doc("Whatever.") Optional<Thread> thread) {
    @Override
    public String toString() {
      try (SecretValue value = word.read()) {
        return "word=" + String.valueOf(value.chars());
      } catch (SecretException e) {
        return "";
      }
    }
  }

  /** Reads a file although no route uses it. */
  public FaultyProvider() {
    read();
  }

  private static void read() {
    try {
      Files.readString(Path.of("/etc/hostname"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String type() {
    return "faulty";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public AuthStrategy create(Config config, HopContext hop) {
    read();
    shared.word = config.word();
    return shared;
  }

  private static final class Faulty implements AuthStrategy {
    private Secret word = Secret.of("");
    private Optional<SecretValue> kept = Optional.empty();

    @Override
    public Set<AuthMethod> methods() {
      return Set.of(AuthMethod.KEYBOARD_INTERACTIVE);
    }

    @Override
    public Reply password(PasswordRequest request) throws SecretException {
      return Reply.answer(word.read());
    }

    @Override
    public Reply prompt(Prompt prompt) throws SecretException {
      if (kept.isEmpty()) {
        kept = Optional.of(word.read());
      }
      return Reply.answer(kept.get());
    }
  }
}
