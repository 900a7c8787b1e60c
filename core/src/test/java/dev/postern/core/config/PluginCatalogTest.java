package dev.postern.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import dev.postern.api.secret.Secret;
import dev.postern.core.config.FakePlugins.FakeStrategy;
import dev.postern.core.plugin.PluginRegistry;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.KeyDescription;
import dev.postern.plugin.TypeDescription;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PluginCatalogTest {
  @Doc("Says hello.")
  record Greeter(
      @Doc("How long.") @Default("15s") Duration pause,
      @Doc(value = "Whom.", example = "\"Alice\"") String whom,
      Optional<Secret> token,
      @Default("[]") @Doc("Rules.") List<Rule> rules) {}

  record Rule(String ask, @Doc("What to say.") Secret answer) {}

  record Bottomless(List<Bottomless> more) {}

  record Wrong(@Default("{") String text) {}

  private static PluginCatalog catalog(FakeStrategy<?>... strategies) {
    return new PluginCatalog(
        PluginRegistry.of(List.of(strategies), List.of(), List.of(), List.of()));
  }

  @Test
  void everyKeyOfATypeIsDescribed() {
    TypeDescription described =
        catalog(new FakeStrategy<>("greeter", Greeter.class)).describe("greeter").get(0);
    assertThat(described.meaning()).isEqualTo("Says hello.");
    assertThat(described.type()).hasToString("auth:greeter");
    assertThat(described.keys())
        .containsExactly(
            new KeyDescription(
                "pause", "duration", Optional.of("15s"), false, false, "How long.", "15s"),
            new KeyDescription("whom", "text", Optional.empty(), true, false, "Whom.", "\"Alice\""),
            new KeyDescription(
                "token", "secret", Optional.empty(), false, true, "", "{ env = NAME }"),
            new KeyDescription(
                "rules",
                "list of objects",
                Optional.of("[]"),
                false,
                true,
                "Rules.",
                "[{ ask = \"text\", answer = { env = NAME } }]"),
            new KeyDescription(
                "rules[].ask", "text", Optional.empty(), true, false, "", "\"text\""),
            new KeyDescription(
                "rules[].answer",
                "secret",
                Optional.empty(),
                true,
                true,
                "What to say.",
                "{ env = NAME }"));
  }

  @Test
  void aTypeThatIsNotThereHasTheNearest() {
    ConfigException failure =
        catchThrowableOfType(
            ConfigException.class,
            () -> catalog(new FakeStrategy<>("greeter", Greeter.class)).describe("greter"));
    assertThat(failure)
        .hasMessage(
            "no plugin of type 'greter' is installed. Did you mean 'greeter'? Installed: greeter [PST-P001]");
  }

  @Test
  void aRecordThatNothingCanBeBoundToIsFoundWithoutAConfiguration() {
    assertThat(problems("odd", FakePlugins.Odd.class))
        .containsExactly(
            "the plugin dev.postern.core.config.FakePlugins$FakeStrategy in %s is broken: no setting can be of the type java.lang.Thread, as 'thread' of dev.postern.core.config.FakePlugins$Odd is [PST-P015]"
                .formatted(Book.CLASSES));
    assertThat(problems("bottomless", Bottomless.class))
        .allMatch(problem -> problem.contains("Bottomless holds itself [PST-P015]"));
    assertThat(problems("wrong", Wrong.class))
        .allMatch(problem -> problem.contains("is no value in HOCON [PST-P015]"));
  }

  private static <C extends Record> List<String> problems(String type, Class<C> record) {
    return catalog(new FakeStrategy<>(type, record)).installed().stream()
        .map(InstalledPlugin::problems)
        .flatMap(List::stream)
        .map(ConfigProblem::toString)
        .toList();
  }

  @Test
  void aBrokenTypeCannotBeDescribed() {
    ConfigException failure =
        catchThrowableOfType(
            ConfigException.class,
            () -> catalog(new FakeStrategy<>("odd", FakePlugins.Odd.class)).describe("odd"));
    assertThat(failure).hasMessageContaining("[PST-P015]");
  }
}
