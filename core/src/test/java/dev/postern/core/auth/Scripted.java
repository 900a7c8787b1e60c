package dev.postern.core.auth;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Identity;
import dev.postern.api.auth.PasswordRequest;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.Reply;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A strategy whose answers a test lays out. */
final class Scripted implements AuthStrategy {
  private final Set<AuthMethod> methods = EnumSet.noneOf(AuthMethod.class);
  private List<Identity> identities = List.of();
  private Function<PasswordRequest, Reply> password = request -> Reply.pass();
  private Function<Prompt, Reply> prompt = request -> Reply.pass();
  private boolean codes;
  private boolean atHand;
  private String type;
  boolean closed;

  /**
   * As the plugin password: one static password, for the method and for prompts that end in
   * "assword: ".
   */
  static Scripted password(String value) {
    Scripted strategy = new Scripted();
    strategy.methods.addAll(Set.of(AuthMethod.PASSWORD, AuthMethod.KEYBOARD_INTERACTIVE));
    strategy.password =
        request ->
            request.kind() == PasswordRequest.Kind.CURRENT
                ? Reply.answer(SecretValue.of(value))
                : Reply.pass();
    strategy.prompt =
        asked ->
            asked.text().endsWith("assword: ") ? Reply.answer(SecretValue.of(value)) : Reply.pass();
    return strategy;
  }

  /** As the plugin totp: the next code each time. */
  static Scripted codes(String... values) {
    Deque<String> left = new ArrayDeque<>(List.of(values));
    Scripted strategy = new Scripted();
    strategy.codes = true;
    strategy.methods.add(AuthMethod.KEYBOARD_INTERACTIVE);
    strategy.prompt =
        asked ->
            asked.text().endsWith("code: ") && !left.isEmpty()
                ? Reply.answer(SecretValue.of(left.remove()))
                : Reply.pass();
    return strategy;
  }

  /** A person who types these, for passwords and prompts alike. */
  static Scripted person(String... values) {
    Deque<String> left = new ArrayDeque<>(List.of(values));
    Scripted strategy = new Scripted();
    strategy.methods.addAll(Set.of(AuthMethod.PASSWORD, AuthMethod.KEYBOARD_INTERACTIVE));
    strategy.password =
        request -> left.isEmpty() ? Reply.pass() : Reply.deliberate(SecretValue.of(left.remove()));
    strategy.prompt =
        asked -> left.isEmpty() ? Reply.pass() : Reply.deliberate(SecretValue.of(left.remove()));
    return strategy;
  }

  static Scripted keys(String... names) {
    Scripted strategy = new Scripted();
    strategy.methods.add(AuthMethod.PUBLICKEY);
    strategy.identities =
        Stream.of(names).<Identity>map(name -> new NamedKey(name, "ssh-ed25519")).toList();
    return strategy;
  }

  static Scripted rsaKeys(String... names) {
    Scripted strategy = new Scripted();
    strategy.methods.add(AuthMethod.PUBLICKEY);
    strategy.identities =
        Stream.of(names).<Identity>map(name -> new NamedKey(name, "ssh-rsa")).toList();
    return strategy;
  }

  /** Keys that ask nobody when they sign. */
  static Scripted openKeys(String... names) {
    Scripted strategy = new Scripted();
    strategy.methods.add(AuthMethod.PUBLICKEY);
    strategy.identities = Stream.of(names).<Identity>map(OpenKey::new).toList();
    return strategy;
  }

  /** Says this to every prompt. */
  static Scripted prompts(Function<Prompt, Reply> reply) {
    Scripted strategy = new Scripted();
    strategy.methods.add(AuthMethod.KEYBOARD_INTERACTIVE);
    strategy.prompt = reply;
    return strategy;
  }

  /** Its password costs nobody anything. */
  Scripted atHand() {
    atHand = true;
    return this;
  }

  /** Gives it a type of its own. */
  Scripted called(String name) {
    type = name;
    return this;
  }

  Optional<String> type() {
    return Optional.ofNullable(type);
  }

  boolean isCodes() {
    return codes;
  }

  Scripted newPassword(String value) {
    Function<PasswordRequest, Reply> current = password;
    password =
        request ->
            request.kind() == PasswordRequest.Kind.NEW
                ? Reply.answer(SecretValue.of(value))
                : current.apply(request);
    return this;
  }

  @Override
  public Set<AuthMethod> methods() {
    return methods;
  }

  @Override
  public Stream<Identity> identities() {
    return identities.stream();
  }

  @Override
  public Reply password(PasswordRequest request) throws SecretException {
    return password.apply(request);
  }

  @Override
  public boolean hasPasswordAtHand() {
    return atHand;
  }

  @Override
  public Reply prompt(Prompt asked) throws SecretException {
    return prompt.apply(asked);
  }

  @Override
  public void close() {
    closed = true;
  }

  private static final class OpenKey extends NamedKey {
    OpenKey(String name) {
      super(name, "ssh-ed25519");
    }

    @Override
    public boolean signsAtOnce() {
      return true;
    }
  }

  static class NamedKey implements Identity {
    private final String name;
    private final String keyType;

    NamedKey(String name, String keyType) {
      this.name = name;
      this.keyType = keyType;
    }

    @Override
    public String keyType() {
      return keyType;
    }

    @Override
    public byte[] publicKey() {
      return name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public byte[] sign(String algorithm, byte[] data) {
      return new byte[0];
    }

    @Override
    public String description() {
      return name;
    }
  }
}
