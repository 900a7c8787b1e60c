package dev.postern.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopContext;
import dev.postern.api.transport.Link;
import dev.postern.api.transport.PreviousHop;
import dev.postern.api.transport.Transport;
import org.junit.jupiter.api.Test;

final class DirectTransportProviderTest {
  private static final Endpoint ENDPOINT = new Endpoint("h", 22);

  private final Transport transport =
      new DirectTransportProvider()
          .create(new DirectTransportProvider.Config(), mock(HopContext.class));

  @Test
  void itHasCoreDial() throws Exception {
    assertThat(transport.open(ENDPOINT, null)).isEqualTo(Link.dial(ENDPOINT));
  }

  @Test
  void itCannotStandBehindAnotherHop() {
    assertThatThrownBy(() -> transport.open(ENDPOINT, mock(PreviousHop.class)))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(
            "the transport 'direct' dials from this machine and cannot stand behind another hop; use 'jump'");
  }
}
