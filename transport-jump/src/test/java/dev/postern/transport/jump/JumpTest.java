package dev.postern.transport.jump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Link;
import dev.postern.api.transport.PreviousHop;
import dev.postern.api.transport.Transport;
import dev.postern.api.transport.TransportProvider;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import java.nio.channels.AsynchronousByteChannel;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class JumpTest {
  @Test
  void goesThroughTheHopBefore() throws Exception {
    Endpoint target = new Endpoint("db.internal", 22);
    Transport jump =
        new JumpProvider()
            .create(
                new JumpConfig(),
                new FakeHopContext(new HopInfo(2, 2, "app", target), new FakePerson(), Map.of()));
    assertThat(jump.open(target, new Previous())).isEqualTo(new Through(target));
  }

  @Test
  void cannotBeFirst() {
    assertThatThrownBy(
            () -> new JumpProvider().create(new JumpConfig(), new FakeHopContext(new FakePerson())))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(
            "the transport 'jump' needs a hop before it; the first hop is reached by 'direct'");
  }

  @Test
  void isFoundUnderItsType() {
    assertThat(ServiceLoader.load(TransportProvider.class))
        .filteredOn(provider -> provider instanceof JumpProvider)
        .singleElement()
        .satisfies(
            provider -> {
              assertThat(provider.type()).isEqualTo("jump");
              assertThat(provider.configType()).isEqualTo(JumpConfig.class);
            });
  }

  private record Through(Endpoint endpoint) implements Link.ThroughHop {}

  private record Previous() implements PreviousHop {
    @Override
    public HopInfo info() {
      return new HopInfo(1, 2, "alice", new Endpoint("bastion", 22));
    }

    @Override
    public Link openTcp(Endpoint endpoint) {
      return new Through(endpoint);
    }

    @Override
    public AsynchronousByteChannel openChannel(Endpoint endpoint) {
      throw new AssertionError("a jump speaks to nothing before SSH");
    }
  }
}
