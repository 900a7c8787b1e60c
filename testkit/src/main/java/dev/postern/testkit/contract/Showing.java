package dev.postern.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;

/** Looks for secrets in texts. */
final class Showing {
  /** Shorter ones turn up anywhere. */
  private static final int SHORTEST = 3;

  private Showing() {}

  /** Fails without quoting the secret. */
  static void nothingOf(Collection<String> secrets, String what, String text) {
    boolean shown =
        secrets.stream().filter(secret -> secret.length() >= SHORTEST).anyMatch(text::contains);
    assertThat(shown)
        .as(
            "%s shows a secret; keep it in a Secret or SecretValue, which print as ***, and leave it out of toString",
            what)
        .isFalse();
  }
}
