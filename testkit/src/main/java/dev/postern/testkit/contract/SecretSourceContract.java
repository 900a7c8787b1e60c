package dev.postern.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.postern.api.hop.HopContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.secret.SecretValue;
import dev.postern.testkit.FakeHopContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/**
 * What every secret source keeps to. A test of yours extends it, and supplies the provider, its
 * settings, and what they give.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public abstract non-sealed class SecretSourceContract extends ProviderContract<SecretProvider<?>> {
  /** For a test of yours. */
  protected SecretSourceContract() {}

  /**
   * What a source with {@link #settings} gives when it is first read, at the time of {@link
   * FakeHopContext}.
   */
  protected abstract String expected();

  /** Settings of a source that has nothing to give, if there are any. */
  protected Optional<String> settingsWithoutSecret() {
    return Optional.empty();
  }

  @Override
  final Class<?> extensionPoint() {
    return SecretProvider.class;
  }

  @Override
  final String type(SecretProvider<?> provider) {
    return provider.type();
  }

  @Override
  final Class<? extends Record> configType(SecretProvider<?> provider) {
    return provider.configType();
  }

  @Override
  final Object bind(Binding binding, String settings) {
    return binding.secret(provider().type(), settings);
  }

  private Secret source(HopContext context, String settings) {
    return (Secret) bind(binding(context), settings);
  }

  /** The value that the settings name. */
  @Test
  public final void givesItsSecret() throws SecretException {
    try (SecretValue value = source(context(), settings()).read()) {
      boolean right = String.valueOf(value.chars()).equals(expected());
      assertThat(right).as("the source must give what expected() says").isTrue();
    }
  }

  /** Whoever reads a value wipes it after use. */
  @Test
  public final void everyReadGivesAValueOfItsOwn() throws SecretException {
    Secret source = source(context(), settings());
    SecretValue first = source.read();
    SecretValue second = source.read();
    first.close();
    assertThat(Calls.isReadable(second))
        .as("a value was wiped together with the one before: give a copy at each read")
        .isTrue();
    second.close();
    try (SecretValue third = source.read()) {
      assertThat(Calls.isReadable(third))
          .as("the source gives a wiped value: keep none, or give a copy")
          .isTrue();
    }
  }

  /** A source is made for every route of the file, read only where it is needed. */
  @Test
  public final void createDoesNoInputOrOutput() {
    FakeHopContext hop = context();
    source(hop, settings());
    Binding binding = binding(hop);
    assertThat(inputAndOutput(() -> bind(binding, settings())))
        .as("create must do no I/O; leave it to read")
        .isEmpty();
    assertThat(hop.time().waits()).as("create must wait for nothing").isEmpty();
    assertThat(Calls.heard(hop)).as("create must ask nobody").isEmpty();
  }

  /** What is printed ends in logs. */
  @Test
  public final void showsNoSecret() throws SecretException {
    FakeHopContext hop = context();
    Secret source = source(hop, settings());
    Set<String> secrets = new HashSet<>(secrets());
    try (SecretValue value = source.read()) {
      secrets.add(String.valueOf(value.chars()));
      Showing.nothingOf(secrets, "the value's toString", value.toString());
    }
    Showing.nothingOf(secrets, "the source's toString", source.toString());
    Showing.nothingOf(secrets, "what is asked of the person", Calls.heard(hop).toString());
  }

  /** The message is shown to the user as it is. */
  @Test
  public final void saysWhyThereIsNoSecret() {
    for (String settings : settingsWithoutSecret().map(List::of).orElse(List.of())) {
      try (SecretValue value = source(context(), settings).read()) {
        fail("settingsWithoutSecret() gave a value of %d characters", value.length());
      } catch (SecretException e) {
        assertThat(e.getMessage())
            .as("the SecretException must say which source failed and why")
            .isNotBlank();
        Showing.nothingOf(secrets(), "the SecretException", String.valueOf(e.getMessage()));
      }
    }
  }

  /** A cancelled opening ends at once, whatever it waits for. */
  @Test
  public final void endsWhenItIsInterrupted() throws InterruptedException {
    StuckContext stuck = new StuckContext(environment());
    Secret source = source(stuck, settings());
    Interruption.ends(
        "the source",
        stuck.waiting(),
        () -> {
          try {
            source.read().close();
          } catch (SecretException e) {
            // Ends like this when it is interrupted.
          }
        });
  }
}
