package dev.postern.core.circuit;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Link;
import dev.postern.api.transport.PreviousHop;
import dev.postern.core.hop.HopFailure;
import java.io.IOException;
import java.nio.channels.AsynchronousByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A hop that has let us in. */
record OpenHop(HopInfo info, HopSession session) implements PreviousHop {
  @Override
  public Link openTcp(Endpoint endpoint) {
    return session.link(endpoint);
  }

  @Override
  public AsynchronousByteChannel openChannel(Endpoint endpoint)
      throws IOException, InterruptedException {
    CompletableFuture<AsynchronousByteChannel> opening = session.openChannel(endpoint);
    try {
      return opening.get();
    } catch (InterruptedException e) {
      opening.cancel(true);
      opening.thenAccept(OpenHop::close);
      throw e;
    } catch (ExecutionException e) {
      HopFailure failure = Failures.asHopFailure(e);
      throw new IOException(failure.sentence(), failure);
    }
  }

  /** It was opened in the moment in which nobody wanted it any more. */
  private static void close(AsynchronousByteChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The end of the hop reaps it.
    }
  }
}
