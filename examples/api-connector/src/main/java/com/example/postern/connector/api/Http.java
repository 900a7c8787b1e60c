package com.example.postern.connector.api;

import com.example.postern.connector.config.Clean;
import com.example.postern.connector.tunnel.Tunnel;
import dev.postern.circuit.CircuitException;
import dev.postern.problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Sends requests through a tunnel, once each, and reads the answers to a bound. */
final class Http implements AutoCloseable {
  private static final int LARGEST = 32 << 20;

  private final Tunnel tunnel;
  private final Authorization authorization;
  private final OkHttpClient client;

  Http(Tunnel tunnel, Authorization authorization, Duration timeout) {
    this.tunnel = tunnel;
    this.authorization = authorization;
    this.client =
        new OkHttpClient.Builder()
            .socketFactory(tunnel.sockets())
            // The far end looks names up; what stands here is connected to nothing.
            .dns(host -> List.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})))
            .proxy(Proxy.NO_PROXY)
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .writeTimeout(timeout)
            // An API that sends a byte now and then ends too.
            .callTimeout(timeout.multipliedBy(6))
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .build();
  }

  /**
   * Sends a request, through a circuit that is opened anew if it was lost.
   *
   * @param name what messages call the request
   */
  Answer send(Request request, String name)
      throws ApiException, TryAgainException, CircuitException, InterruptedException {
    open();
    try (Response response = client.newCall(request).execute()) {
      return new Answer(
          response.code(),
          new Body(
              Optional.ofNullable(response.header("Content-Type")).orElse(""),
              read(name, response.body().byteStream())),
          Optional.ofNullable(response.header("Retry-After"))
              .flatMap(
                  value ->
                      RetryAfter.of(
                          value, Optional.ofNullable(response.header("Date")), Instant.now())));
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Optional<CircuitException> circuit = circuitFailure(e);
      if (circuit.isPresent()) {
        if (isTransport(circuit.get().code())) {
          throw new TryAgainException(circuit.get());
        }
        throw circuit.get();
      }
      throw new TryAgainException(
          authorization.masked("%s was not answered: %s".formatted(name, why(e))),
          Optional.empty());
    }
  }

  /** OkHttp wraps what its sockets throw. */
  private static Optional<CircuitException> circuitFailure(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CircuitException known) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /** Whether the way was lost, which may be found again: no host key, no secret was refused. */
  private static boolean isTransport(Code code) {
    return code.toString().startsWith("PST-T") && code != Code.FORWARDING_PROHIBITED;
  }

  private static String why(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : Clean.line(message);
  }

  private static byte[] read(String name, InputStream in) throws IOException, ApiException {
    byte[] content = in.readNBytes(LARGEST + 1);
    if (content.length > LARGEST) {
      throw new ApiException(
          "%s was answered with more than %d MiB: ask for smaller pages"
              .formatted(name, LARGEST >> 20));
    }
    return content;
  }

  /** A circuit that was lost may be found again; a server that refuses us will go on to do so. */
  private void open() throws TryAgainException, CircuitException, InterruptedException {
    try {
      tunnel.ensureOpen();
    } catch (CircuitException e) {
      if (tunnel.openings() > 0 && isTransport(e.code())) {
        throw new TryAgainException(e);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  /** What came back. */
  record Answer(int status, Body body, Optional<Duration> retryAfter) {}
}
