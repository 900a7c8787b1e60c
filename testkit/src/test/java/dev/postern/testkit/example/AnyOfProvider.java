package dev.postern.testkit.example;

import dev.postern.api.config.Doc;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopContext;
import dev.postern.api.transport.Link;
import dev.postern.api.transport.PreviousHop;
import dev.postern.api.transport.Transport;
import dev.postern.api.transport.TransportProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The transport {@code any-of}: reaches the hop at the first of several hosts that answers. */
public final class AnyOfProvider implements TransportProvider<AnyOfProvider.Config> {
  /** Its settings. */
  @Doc("Reaches the hop at the first of several hosts that answers.")
  public record Config(
      @Doc(value = "The hosts, in order; the port is the hop's.", example = "[10.0.0.5, 10.1.0.5]")
          List<String> hosts) {
    /** Checks the values. */
    public Config {
      hosts = List.copyOf(hosts);
      if (hosts.isEmpty() || hosts.contains("")) {
        throw new IllegalArgumentException("hosts: name at least one, and none that is empty");
      }
    }
  }

  @Override
  public String type() {
    return "any-of";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Transport create(Config config, HopContext hop) {
    return new AnyOf(config, hop);
  }

  private record AnyOf(Config config, HopContext hop) implements Transport {
    @Override
    public Link open(Endpoint endpoint, @Nullable PreviousHop previous)
        throws IOException, InterruptedException {
      List<String> failures = new ArrayList<>();
      for (String host : config.hosts()) {
        Endpoint place = new Endpoint(host, endpoint.port());
        try {
          Link link = Link.over(previous == null ? dial(place) : previous.openChannel(place));
          hop.note("reached at " + place);
          return link;
        } catch (IOException e) {
          failures.add(e.getMessage());
        }
      }
      throw new IOException("none of its hosts answers: " + String.join("; ", failures));
    }

    private static AsynchronousByteChannel dial(Endpoint place)
        throws IOException, InterruptedException {
      AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
      try {
        channel.connect(new InetSocketAddress(place.host(), place.port())).get();
        return channel;
      } catch (InterruptedException e) {
        channel.close();
        throw e;
      } catch (ExecutionException | RuntimeException e) {
        channel.close();
        throw new IOException("%s cannot be connected to".formatted(place), e);
      }
    }
  }
}
