package dev.postern.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.config.FakePlugins.FakeStrategy;
import dev.postern.core.config.FakePlugins.Interactive;
import dev.postern.core.config.FakePlugins.Publickey;
import dev.postern.core.plugin.PluginRegistry;
import dev.postern.core.transport.DirectTransportProvider;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigProblem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginProblemsTest {
  @TempDir private Path folder;

  private Book book() {
    return new Book(folder)
        .with(
            PluginRegistry.of(
                List.of(
                    new FakeStrategy<>("publickey", Publickey.class),
                    new FakeStrategy<>("twice", Interactive.class),
                    new FakeStrategy<>("twice", Publickey.class)),
                List.of(new DirectTransportProvider()),
                List.of(),
                List.of(new ConfigProblem(Code.PLUGIN_BROKEN, "", "", "vault.jar is broken"))));
  }

  @Test
  void whatIsBrokenOrDoubleStopsNobodyWhoDoesNotUseIt() {
    assertThat(book().strategyProblems("publickey")).isEmpty();
  }

  @Test
  void aTypeThatIsThereTwiceCannotBeUsed() {
    assertThat(book().strategyProblems("twice").get(0))
        .startsWith(
            "postern.conf:1: routes.db.hops[0].auth[0].type: the auth type 'twice' is provided twice, by dev.postern.core.config.FakePlugins$FakeStrategy in ")
        .endsWith(
            "; remove one of them, or choose: postern.plugins.prefer.twice = the id or the place of one [PST-P002]");
  }

  @Test
  void aMissingTypeComesWithWhatIsBroken() {
    assertThat(book().strategyProblems("vault"))
        .containsExactly(
            "postern.conf:1: routes.db.hops[0].auth[0].type: no auth plugin of type 'vault' is installed. Installed: publickey, twice [PST-P001]",
            "vault.jar is broken [PST-P003]");
  }

  @Test
  void aRouteWithAMissingPluginHurtsNoOtherRoute() {
    RouteBook book =
        book()
            .load(
                """
                postern.routes {
                  good.hops = [ { host = h, auth = [ publickey ] } ]
                  bad.hops = [ { host = h, auth = [ gone ] } ]
                }
                """);
    assertThat(book.names()).containsExactly("good", "bad");
    assertThat(book.plan("good").hops()).hasSize(1);
    assertThat(book().problems(() -> book.plan("bad")).get(0))
        .startsWith(
            "postern.conf:3: routes.bad.hops[0].auth[0].type: no auth plugin of type 'gone'");
    assertThat(book.problems()).hasSize(2);
  }
}
