package com.example.postern.connector.playground;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A stand-in for the playground API that people try connectors with: its endpoints, shapes, checks
 * and errors, on a port of 127.0.0.1. What differs is the reason phrase of the status line, and the
 * text of a refusal of its rate limit, which is not known.
 */
public final class Playground implements AutoCloseable {
  /** Sees a request before the playground does. */
  @FunctionalInterface
  public interface Interception {
    /**
     * Whether it has answered, and the playground is not to.
     *
     * @param number of the request, from 1
     */
    boolean take(HttpExchange exchange, int number) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(Playground::thread);
  private final Data data;
  private final PlaygroundSecrets secrets;
  private final Router router;
  private final Optional<Bucket> bucket;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Interception interception = (exchange, number) -> false;

  private Playground(HttpServer server, Random random, Clock clock, Optional<Bucket> bucket) {
    this.server = server;
    this.data = new Data(random, clock);
    this.secrets = PlaygroundSecrets.random(random);
    this.router = new Router(data, secrets);
    this.bucket = bucket;
  }

  /** Starts one whose data depends on nothing but seed and clock, on any free port. */
  public static Playground start(long seed, Clock clock) throws IOException {
    return start(0, seed, clock, Optional.empty());
  }

  /** Starts one that answers so often at once, and then once in a while. */
  public static Playground limited(long seed, Clock clock, int capacity, Duration refill)
      throws IOException {
    return start(0, seed, clock, Optional.of(new Bucket(capacity, refill)));
  }

  private static Playground start(int port, long seed, Clock clock, Optional<Bucket> bucket)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    Playground playground = new Playground(server, new Random(seed), clock, bucket);
    server.createContext("/", playground::answer);
    server.setExecutor(playground.threads);
    server.start();
    return playground;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "playground");
    thread.setDaemon(true);
    return thread;
  }

  /** Where it listens, on 127.0.0.1. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** What it lets people in with. */
  public PlaygroundSecrets secrets() {
    return secrets;
  }

  /** The requests it got, in order: {@code GET /auth/api_key}. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Lets somebody see the requests before it does. */
  public void intercept(Interception before) {
    interception = before;
  }

  /** Changes its users. */
  public void change(Consumer<List<ObjectNode>> edit) {
    synchronized (data) {
      edit.accept(data.users);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      if (!interception.take(exchange, requests.size())) {
        send(exchange, reply(exchange));
      }
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    int wait = bucket.map(Bucket::take).orElse(0);
    if (wait > 0) {
      return Reply.error(429, "Rate limit exceeded").with("Retry-After", String.valueOf(wait));
    }
    synchronized (data) {
      return router.answer(
          exchange.getRequestMethod(),
          exchange.getRequestURI(),
          name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)),
          body);
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      exchange.getResponseHeaders().set(header.getKey(), header.getValue());
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** Stops it; requests that are being answered are cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
