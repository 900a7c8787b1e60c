package com.example.postern.vault;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Stands in for the API on loopback: keeps the requests, and answers as it is told. */
final class StandInApi implements AutoCloseable {
  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  /** A request, as far as it matters. */
  record Request(String line, Map<String, List<String>> headers, JsonObject body) {
    /** The key that is to be signed: the last 32 bytes of its encoding. */
    byte[] point() {
      byte[] blob = Base64.getDecoder().decode(body.get("public_key").getAsString().split(" ")[1]);
      return Arrays.copyOfRange(blob, blob.length - 32, blob.length);
    }

    String header(String name) {
      return headers.getOrDefault(name, List.of("none")).get(0);
    }
  }

  /** A reply. */
  record Reply(int status, String body, Map<String, String> headers) {
    static Reply of(int status, String body) {
      return new Reply(status, body, Map.of());
    }

    /** A certificate, as the API documents it. */
    static Reply signed(String certificate) {
      JsonObject data = new JsonObject();
      data.addProperty("serial_number", "2a");
      data.addProperty("signed_key", certificate);
      JsonObject reply = new JsonObject();
      reply.addProperty("lease_id", "");
      reply.add("data", data);
      return of(200, reply.toString());
    }
  }

  /** What is replied to a request. */
  @FunctionalInterface
  interface Answer {
    Reply to(Request request) throws Exception;
  }

  private StandInApi(HttpServer server, String scheme, Answer answer) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, answer));
    server.start();
  }

  static StandInApi start(Answer answer) throws IOException {
    return new StandInApi(HttpServer.create(loopback(), 0), "http", answer);
  }

  static StandInApi startWithTls(SSLContext context, Answer answer) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new StandInApi(server, "https", answer);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  String address() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Where a role signs. */
  String url() {
    return address() + "/v1/ssh-client-signer/sign/developers";
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange, Answer answer) throws IOException {
    Request request =
        new Request(
            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            Map.copyOf(exchange.getRequestHeaders()),
            JsonParser.parseString(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                .getAsJsonObject());
    requests.add(request);
    try (exchange) {
      Reply reply = answer.to(request);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
