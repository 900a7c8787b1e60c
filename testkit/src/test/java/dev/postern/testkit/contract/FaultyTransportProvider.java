package dev.postern.testkit.contract;

import dev.postern.api.config.Doc;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopContext;
import dev.postern.api.transport.Link;
import dev.postern.api.transport.PreviousHop;
import dev.postern.api.transport.Transport;
import dev.postern.api.transport.TransportProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A transport that keeps to nothing: every test of the contract must find its fault. */
public final class FaultyTransportProvider
    implements TransportProvider<FaultyTransportProvider.Config> {
  /** Kept and used for every opening. */
  private final Transport shared = new Faulty();

  /** Its token is a text, which is shown. */
  @Doc("Reaches nothing.")
  public record Config(@Doc("What the far end wants to see.") String token) {}

  @Override
  public String type() {
    return "faulty-transport";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Transport create(Config config, HopContext hop) {
    try {
      Files.readString(Path.of("/etc/hostname"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return shared;
  }

  private static final class Faulty implements Transport {
    /** Whatever it is asked for, a channel that leads nowhere. */
    @Override
    public Link open(Endpoint endpoint, @Nullable PreviousHop previous) throws IOException {
      return Link.over(AsynchronousSocketChannel.open());
    }

    @Override
    public void close() {
      // Also those of others.
    }
  }
}
