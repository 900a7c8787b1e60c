package com.example.postern.connector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.example.postern.connector.config.ConnectorConfig.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationFileTest {
  private static final String KEY =
      "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n";

  @TempDir private Path folder;

  private ConnectorConfig read(String json) throws Exception {
    return ConfigurationFile.read(
        Files.writeString(folder.resolve("configuration.json"), json), false);
  }

  private Iterable<String> problems(String json, boolean byRoute) throws Exception {
    Path file = Files.writeString(folder.resolve("configuration.json"), json);
    return catchThrowableOfType(
            ConfigurationException.class, () -> ConfigurationFile.read(file, byRoute))
        .problems();
  }

  @Test
  void theFileOfThePasswordExampleIsReadAsItIs() throws Exception {
    ConnectorConfig config =
        read(
            """
            {
              "ssh_host": "203.0.113.7",
              "ssh_user": "ubuntu",
              "api_key": "f00",
              "local_port": "8000",
              "remote_port": "5005",
              "ssh_password": "hunter2"
            }
            """);
    SshServer server = config.server().orElseThrow();
    assertThat(server).hasToString("ubuntu@203.0.113.7:22");
    assertThat(server.localPort()).isEqualTo(OptionalInt.of(8000));
    assertThat(server.acceptNew()).isFalse();
    assertThat(config.target()).contains(new Target("127.0.0.1", 5005));
    assertThat(config.job())
        .extracting(Job::endpoint, Job::shape, Job::schema, Job::table)
        .containsExactly("/auth/api_key", Shape.NONE, "tester", "user");
    assertThat(config.job().primaryKey()).containsExactly("id");
    assertThat(String.valueOf(config.access())).isEqualTo("ApiKey[key=***]");
    assertThat(String.valueOf(server.password())).isEqualTo("Optional[***]");
  }

  @Test
  void theFileOfTheKeyExampleIsReadAsItIs() throws Exception {
    for (String key :
        new String[] {
          KEY.replace("\n", "\\n"),
          KEY.replace("\n", "\\\\n"),
          KEY.replace("\n", "\\r\\n"),
          Base64.getEncoder().encodeToString(KEY.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        }) {
      ConnectorConfig config =
          read(
              """
              {"ssh_host": "h", "ssh_user": "u", "api_key": "k",
               "ssh_private_key": "%s", "ssh_key_passphrase": "", "ssh_known_hosts": "~/known"}
              """
                  .formatted(key));
      SshServer server = config.server().orElseThrow();
      try (var value = server.privateKey().orElseThrow().read()) {
        assertThat(new String(value.chars())).isEqualTo(KEY);
      }
      assertThat(server.passphrase()).isEmpty();
      assertThat(server.localPort()).isEmpty();
      assertThat(server.knownHosts()).contains(Path.of(System.getProperty("user.home"), "known"));
    }
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws Exception {
    assertThat(problems("{}", false))
        .containsExactly(
            "\"ssh_host\" is missing",
            "\"ssh_user\" is missing",
            "\"ssh_password\" is missing, and so is \"ssh_private_key\": one is needed",
            "\"api_key\" is missing");
    assertThat(
            problems(
                """
                {"ssh_host": "YOUR_SSH_HOST_IP_OR_HOSTNAME", "ssh_user": "", "ssh_password": "p",
                 "ssh_private_key": "id_rsa", "ssh_prot": "22", "ssh_port": "ssh", "api_key": "k\\n",
                 "remote_port": "70000", "pagination": "pages", "endpoint": "//evil/x",
                 "ssh_host_key": "SHA256:abc", "jdbc_user": "me"}
                """,
                false))
        .containsExactly(
            "\"ssh_host\" still is the placeholder YOUR_SSH_HOST_IP_OR_HOSTNAME",
            "\"ssh_port\" must be a whole number from 1 to 65535",
            "\"ssh_user\" is empty",
            "\"ssh_private_key\" must be the text of a private key, which begins with -----BEGIN, or base64 of it",
            "\"ssh_host_key\" must be a public key, as in a .pub file: ssh-ed25519 AAAA…",
            "\"remote_port\" must be a whole number from 1 to 65535",
            "\"api_key\" has characters that no HTTP header can have",
            "\"pagination\" must be one of none, next_page_url, page_number, offset, keyset, cursor",
            "\"endpoint\" must be a path that begins with one /",
            "\"jdbc_url\" is missing, and its user or password is there",
            "\"ssh_prot\" is unknown here");
  }

  @Test
  void withARouteTheKeysOfAServerHaveNoPlace() throws Exception {
    assertThat(problems("{\"api_key\": \"k\", \"ssh_host\": \"h\", \"local_port\": \"1\"}", true))
        .containsExactly(
            "\"ssh_host\" is not used with a route: remove it",
            "\"local_port\" is not used with a route: remove it");
    Path file = Files.writeString(folder.resolve("configuration.json"), "{\"api_key\": \"k\"}");
    assertThat(ConfigurationFile.read(file, true).target()).isEmpty();
  }

  @Test
  void whatIsNoObjectOfStringsIsRefusedWithoutShowingIt() throws Exception {
    assertThat(problems("{\"ssh_port\": 22, \"api_key\": null}", false))
        .containsExactly(
            "\"ssh_port\" must be a string: put it in quotes",
            "\"api_key\" must be a string: put it in quotes");
    Path file = folder.resolve("configuration.json");
    assertThat(problems("{\"ssh_password\": \"hunter2\"\n \"api_key\"}", false))
        .containsExactly(file + " is not JSON: line 2, column 2");
    assertThat(problems("{\"a\": \"hunter2\", \"a\": \"x\"}", false))
        .singleElement()
        .asString()
        .startsWith(file + " is not JSON: line 1")
        .doesNotContain("hunter2");
    assertThat(problems("[]", false)).containsExactly(file + " must be one JSON object");
    assertThat(
            catchThrowableOfType(
                    ConfigurationException.class,
                    () -> ConfigurationFile.read(folder.resolve("none.json"), false))
                .problems())
        .containsExactly(folder.resolve("none.json") + " does not exist");
  }
}
