package dev.postern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.problem.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FindConfigurationTest {
  @TempDir private Path folder;

  @Test
  void theEnvironmentNamesItOrItIsTheUsers() throws IOException {
    Path own = Files.createDirectories(folder.resolve(".config/postern")).resolve("postern.conf");
    assertThat(find(Map.of("POSTERN_CONFIG", written("named.conf", "a").toString())))
        .containsExactly("a");
    Files.move(written("own.conf", "b"), own);
    assertThat(find(Map.of())).containsExactly("b");
  }

  @Test
  void ifThereIsNoneThePlacesAreSaid() {
    assertThatThrownBy(() -> find(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "there is no configuration: neither of $POSTERN_CONFIG, %s, %s [PST-C008]"
                .formatted(
                    Path.of("postern.conf").toAbsolutePath(),
                    folder.resolve(".config/postern/postern.conf")));
  }

  private java.util.List<String> find(Map<String, String> environment) {
    try (Postern postern =
        Postern.builder().environment(environment).home(folder).findConfiguration().build()) {
      return postern.routes();
    }
  }

  private Path written(String name, String route) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file, "postern.routes.%s.hops = [ { host = h, auth = [] } ]".formatted(route));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
