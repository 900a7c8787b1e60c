package com.example.postern.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.postern.Postern;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that cannot be right are refused when the file is read, at their line. */
final class SettingsTest {
  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          address = "vault:8200"                    | address    | is no URL such as https://vault:8200
          address = "https://a b"                   | address    | is no URL such as https://vault:8200
          address = "ftp://vault"                   | address    | is no URL such as https://vault:8200
          address = "http://vault:8200"             | address    | must begin with https://, since the token is sent there
          address = "http://127.0.0.1.example.com"  | address    | must begin with https://, since the token is sent there
          address = "https://me:pw@vault"           | address    | must have no user, no '?' and no '#'; the token has a key of its own
          address = "https://vault/?x"              | address    | must have no user, no '?' and no '#'; the token has a key of its own
          mount = "../sys"                          | mount      | '../sys' is no path such as teams/ssh
          mount = "/ssh/"                           | mount      | '/ssh/' is no path such as teams/ssh
          role = "a/b"                              | role       | 'a/b' is no name
          role = "a?b"                              | role       | 'a?b' is no name
          namespace = "a b"                         | namespace  | 'a b' is no path such as teams/ssh
          principals = ["a,b"]                      | principals | 'a,b' is no name
          extensions = ["a b"]                      | extensions | 'a b' is no name
          ttl = 10ms                                | ttl        | must be at least 1s
          """)
  void refused(String setting, String key, String complaint) throws Exception {
    Path file = folder.resolve("postern.conf");
    Files.writeString(
        file,
        """
        postern.routes.it.hops = [ { host = localhost, user = alice, auth = [ {
          type = vault-ssh, address = "https://vault:8200", role = developers, token = { env = T }
          %s
        } ] } ]
        """
            .formatted(setting));
    ConfigException failure =
        catchThrowableOfType(ConfigException.class, () -> Postern.load(file).close());
    assertThat(failure.problems())
        .extracting(ConfigProblem::path, ConfigProblem::message)
        .containsExactly(tuple("routes.it.hops[0].auth[0]." + key, complaint));
    assertThat(failure).hasMessageContaining("postern.conf:3").hasMessageNotContaining("me:pw");
  }
}
