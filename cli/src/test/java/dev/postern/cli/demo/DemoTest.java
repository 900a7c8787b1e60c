package dev.postern.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** The demo on the real library. */
final class DemoTest {
  @Test
  void showsTheMainJobAndNoSecret() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DemoWorld world = DemoWorld.start()) {
      new Demo(new PrintStream(bytes, true, UTF_8), world).run();
      String output = bytes.toString(UTF_8);
      assertThat(output)
          .contains("routes.orders {")
          .contains("'Password:' answered by password")
          .contains("'Verification code:' answered by totp")
          .contains("three orders are waiting")
          .contains("hop 2/2 app@127.0.0.1 auth: publickey")
          .doesNotContain(world.password());
    }
  }
}
