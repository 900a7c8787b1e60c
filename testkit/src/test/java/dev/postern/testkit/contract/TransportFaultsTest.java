package dev.postern.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.circuit.CircuitException;
import java.nio.file.Path;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract tells the author of a transport that keeps to nothing. */
final class TransportFaultsTest {
  private final TransportContract faulty = new Wrong(true);
  private final TransportContract faultyBehindAHop = new Wrong(false);

  @BeforeEach
  void lendFolder(@TempDir Path folder) {
    faulty.folder = folder;
    faultyBehindAHop.folder = folder;
  }

  private static void expect(ThrowingCallable test, String message) {
    assertThatThrownBy(test).isInstanceOf(AssertionError.class).hasMessageContaining(message);
  }

  @Test
  void createThatReadsAndSharesIsFound() {
    expect(faulty::createDoesNoInputOrOutput, "create must do no I/O; leave it to open");
    expect(
        faulty::everyOpeningGetsATransportOfItsOwn, "create must make a new transport each time");
  }

  @Test
  void aSecretThatIsATextIsFoundAndNotQuoted() {
    assertThatThrownBy(faulty::showsNoSecret)
        .hasMessageContaining("the record's toString shows a secret")
        .hasMessageNotContaining("open sesame");
  }

  @Test
  void aLinkThatLeadsNowhereIsFound() {
    assertThatThrownBy(faulty::reachesTheFirstHop).isInstanceOf(CircuitException.class);
    assertThatThrownBy(faulty::reachesAHopBehindAnother).isInstanceOf(CircuitException.class);
    expect(
        faulty::anEndpointThatNobodyListensAtFailsInItsPhase,
        "a dead endpoint must fail as connecting, with an IOException of open");
  }

  @Test
  void silenceAboutAPlaceWhereItCannotStandIsFound() {
    expect(
        faultyBehindAHop::refusesThePlaceWhereItCannotStand,
        "for the first hop, create or open must throw MisconfiguredException and say what to do");
  }

  private static final class Wrong extends TransportContract {
    private final boolean first;

    Wrong(boolean first) {
      this.first = first;
    }

    @Override
    protected FaultyTransportProvider provider() {
      return new FaultyTransportProvider();
    }

    @Override
    protected String settings() {
      return "token = \"open sesame\"";
    }

    @Override
    protected Set<String> secrets() {
      return Set.of("open sesame");
    }

    @Override
    protected boolean standsFirst() {
      return first;
    }
  }
}
