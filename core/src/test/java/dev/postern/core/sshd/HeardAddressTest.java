package dev.postern.core.sshd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.route.ForwardAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server may say was connected to, for what it was asked to listen on. */
final class HeardAddressTest {
  @ParameterizedTest
  @CsvSource({
    "localhost:8080, localhost:8080, true",
    "localhost:8080, 127.0.0.1:8080, true",
    "127.0.0.1:8080, [::1]:8080, true",
    "*:8080, *:8080, true",
    "*:8080, 0.0.0.0:8080, true",
    "0.0.0.0:8080, 192.0.2.7:8080, true",
    "192.0.2.7:8080, 192.0.2.7:8080, true",
    "gateway:8080, GATEWAY:8080, true",
    "/run/x.sock, /run/x.sock, true",
    "localhost:8080, localhost:8081, false",
    "localhost:8080, 192.0.2.7:8080, false",
    "localhost:8080, *:8080, false",
    "192.0.2.7:8080, 192.0.2.8:8080, false",
    "192.0.2.7:8080, localhost:8080, false",
    "/run/x.sock, /run/y.sock, false",
    "/run/x.sock, localhost:8080, false",
    "*:8080, /run/x.sock, false",
  })
  void fits(String asked, String heard, boolean fits) {
    assertThat(HeardAddress.fits(ForwardAddress.of(asked), ForwardAddress.of(heard)))
        .isEqualTo(fits);
  }
}
