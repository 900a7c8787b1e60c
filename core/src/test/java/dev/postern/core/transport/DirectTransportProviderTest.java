package dev.postern.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopContext;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Link;
import dev.postern.api.transport.Transport;
import org.junit.jupiter.api.Test;

final class DirectTransportProviderTest {
  private static final Endpoint ENDPOINT = new Endpoint("h", 22);

  @Test
  void itHasCoreDial() throws Exception {
    assertThat(create(1).open(ENDPOINT, null)).isEqualTo(Link.dial(ENDPOINT));
  }

  @Test
  void itCannotStandBehindAnotherHop() {
    assertThatThrownBy(() -> create(2))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(
            "the transport 'direct' dials from this machine and cannot stand behind another hop; use 'jump'");
  }

  private static Transport create(int index) {
    HopContext hop = mock(HopContext.class);
    when(hop.hop()).thenReturn(new HopInfo(index, 2, "alice", ENDPOINT));
    return new DirectTransportProvider().create(new DirectTransportProvider.Config(), hop);
  }
}
