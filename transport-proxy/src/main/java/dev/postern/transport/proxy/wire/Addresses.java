package dev.postern.transport.proxy.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** Looks names up where the wait can be interrupted, which the JDK's own cannot. */
final class Addresses {
  private Addresses() {}

  static List<InetAddress> of(Proxy proxy) throws IOException, InterruptedException {
    String host = proxy.endpoint().host();
    FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
    Thread thread = new Thread(lookup, "postern-proxy-lookup");
    thread.setDaemon(true);
    thread.start();
    try {
      return Stream.of(lookup.get()).distinct().toList();
    } catch (InterruptedException e) {
      throw proxy.interrupted("the address of " + proxy);
    } catch (ExecutionException e) {
      throw new IOException(
          "this machine cannot resolve the name of %s; check it, or put a hop before it that knows it"
              .formatted(proxy),
          e);
    }
  }
}
