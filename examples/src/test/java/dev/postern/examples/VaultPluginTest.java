package dev.postern.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.examples.Outside.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A third party's plugin with a library of its own: tested in its own folder, and installed. */
final class VaultPluginTest {
  @TempDir private Path folder;

  @Test
  void itIsTestedAloneThenInstalledDescribedAndRemoved() throws Exception {
    Outside author = Outside.in(folder);
    Checkout.copy(
        Checkout.file("examples/auth-vault-ssh"), author.folder().resolve("auth-vault-ssh"));

    String output =
        author.succeed(
            """
            mvn -B -f auth-vault-ssh verify
            postern plugins install auth-vault-ssh/target/auth-vault-ssh-*-plugin.zip
            postern plugins verify --strict
            postern plugins
            """);
    assertThat(output)
        .contains("in com.example.postern.vault.PackagedPluginIT", "SHA-256 of ")
        .containsPattern("\nauth-vault-ssh +0\\.1\\.0 +1\\.0 +ok +auth:vault-ssh +");
    assertThat(author.run("postern", "plugins", "describe", "vault-ssh").output())
        .contains("address", "role", "token", "renew-before");

    Outcome removed = author.run("postern", "plugins", "remove", "auth-vault-ssh");
    assertThat(removed.exitCode()).isZero();
    assertThat(author.run("postern", "plugins").output()).doesNotContain("vault");
  }
}
