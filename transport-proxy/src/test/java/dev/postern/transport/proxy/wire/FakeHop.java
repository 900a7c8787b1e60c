package dev.postern.transport.proxy.wire;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Link;
import dev.postern.api.transport.PreviousHop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** A hop before, {@code alice@bastion}, that reaches this machine. */
public final class FakeHop implements PreviousHop {
  private final List<Endpoint> asked = new ArrayList<>();

  /** What was reached through it. */
  public List<Endpoint> asked() {
    return asked;
  }

  @Override
  public HopInfo info() {
    return new HopInfo(1, 2, "alice", new Endpoint("bastion", 22));
  }

  @Override
  public Link openTcp(Endpoint endpoint) {
    throw new AssertionError("a proxy is spoken to before SSH");
  }

  @Override
  public AsynchronousByteChannel openChannel(Endpoint endpoint)
      throws IOException, InterruptedException {
    asked.add(endpoint);
    AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
    try {
      channel.connect(new InetSocketAddress(endpoint.host(), endpoint.port())).get();
    } catch (ExecutionException e) {
      throw new IOException("hop 1/2 alice@bastion cannot reach " + endpoint, e);
    }
    return channel;
  }
}
