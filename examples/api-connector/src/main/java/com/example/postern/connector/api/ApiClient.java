package com.example.postern.connector.api;

import com.example.postern.connector.config.ApiAccess;
import com.example.postern.connector.config.Clean;
import com.example.postern.connector.tunnel.Tunnel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Asks the API through a tunnel. What may be gone the next time is asked again: a lost connection
 * or circuit, a time-out, 408, 429 and 5xx. For one thread.
 */
public final class ApiClient implements AutoCloseable {
  private static final int LARGEST = 32 << 20;
  private static final int NOTHING_BUT_REFUSED = 401;

  private final Tunnel tunnel;
  private final Authorization authorization;
  private final Patience patience;
  private final Consumer<String> notes;
  private final OkHttpClient http;

  /**
   * Connects to nothing.
   *
   * @param notes is told when something is tried again
   */
  public ApiClient(Tunnel tunnel, ApiAccess access, Patience patience, Consumer<String> notes) {
    this.tunnel = tunnel;
    this.authorization = new Authorization(access);
    this.patience = patience;
    this.notes = notes;
    this.http =
        new OkHttpClient.Builder()
            .socketFactory(tunnel.sockets())
            // The far end looks names up; what stands here is connected to nothing.
            .dns(host -> List.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})))
            .proxy(Proxy.NO_PROXY)
            .connectTimeout(patience.timeout())
            .readTimeout(patience.timeout())
            .writeTimeout(patience.timeout())
            // An API that sends a byte now and then ends too.
            .callTimeout(patience.timeout().multipliedBy(6))
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .connectionPool(new ConnectionPool())
            .build();
  }

  /** The URL of a path of the API. */
  public HttpUrl url(String path) {
    return HttpUrl.get(tunnel.origin() + path);
  }

  /**
   * Gets a JSON object.
   *
   * @throws ApiException if there is none to be had
   * @throws CircuitException if the circuit was lost and cannot be opened again
   */
  public ObjectNode get(HttpUrl url) throws ApiException, CircuitException, InterruptedException {
    return patiently(() -> getOnce(url));
  }

  private ObjectNode getOnce(HttpUrl url)
      throws ApiException, TryAgainException, CircuitException, InterruptedException {
    Optional<ApiAccess.SessionToken> login = authorization.login();
    if (login.isPresent()) {
      authorization.begin(login(login.get()));
    }
    Request request = request(url).header(Authorization.HEADER, authorization.header()).build();
    String name = "GET " + Clean.line(url.encodedPath());
    Answer answer = send(request, name);
    if (answer.status() == NOTHING_BUT_REFUSED && login.isEmpty() && authorization.expire()) {
      throw new TryAgainException(refusal(name, answer), Optional.of(Duration.ZERO));
    }
    return object(name, answer);
  }

  private String login(ApiAccess.SessionToken access)
      throws ApiException, TryAgainException, CircuitException, InterruptedException {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("username", access.user())
            .put("password", Authorization.text(access.password()))
            .toString();
    Request request =
        request(url(access.login()))
            .post(RequestBody.create(body, MediaType.get("application/json")))
            .build();
    String name = "POST " + Clean.line(access.login());
    JsonNode token = object(name, send(request, name)).path("token");
    if (!token.isTextual() || !token.textValue().matches("[\\x21-\\x7e]+")) {
      throw new ApiException(name + " was answered without a \"token\"");
    }
    return token.textValue();
  }

  private static Request.Builder request(HttpUrl url) {
    return new Request.Builder().url(url).header("Accept", "application/json");
  }

  private ObjectNode object(String name, Answer answer) throws ApiException, TryAgainException {
    int status = answer.status();
    if (status == 408 || status == 429 || status >= 500) {
      throw new TryAgainException(refusal(name, answer), answer.retryAfter());
    }
    if (status >= 300 && status < 400) {
      throw new ApiException(
          "%s was answered with %d, a redirection; it is not followed".formatted(name, status));
    }
    if (status != 200) {
      throw new ApiException(refusal(name, answer));
    }
    if (answer.body().json(name) instanceof ObjectNode object) {
      return object;
    }
    throw new ApiException(name + " was answered with JSON that is no object");
  }

  private String refusal(String name, Answer answer) throws ApiException {
    return authorization.masked(
        "%s was refused with %d%s"
            .formatted(
                name,
                answer.status(),
                answer.body().complaint().map(text -> ": " + text).orElse("")));
  }

  private Answer send(Request request, String name)
      throws ApiException, TryAgainException, CircuitException, InterruptedException {
    open();
    try (Response response = http.newCall(request).execute()) {
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
      if (e.getCause() instanceof CircuitException circuit) {
        throw circuit(circuit);
      }
      throw new TryAgainException(
          authorization.masked("%s was not answered: %s".formatted(name, why(e))),
          Optional.empty());
    }
  }

  /** The last server would not connect us: its configuration does not change by waiting. */
  private static TryAgainException circuit(CircuitException failure) throws CircuitException {
    if (failure.code() == Code.FORWARDING_PROHIBITED) {
      throw failure;
    }
    return new TryAgainException(failure);
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
      if (tunnel.openings() > 0 && (e.phase() == Phase.CONNECT || e.phase() == Phase.RESOLVE)) {
        throw new TryAgainException(e);
      }
      throw e;
    }
  }

  private ObjectNode patiently(dev.failsafe.function.CheckedSupplier<ObjectNode> request)
      throws ApiException, CircuitException, InterruptedException {
    RetryPolicy<ObjectNode> policy =
        RetryPolicy.<ObjectNode>builder()
            .handle(TryAgainException.class)
            .abortOn(failure -> tooLong(failure).isPresent())
            .withMaxAttempts(patience.attempts())
            .withDelayFn(context -> delay(context.getLastException(), context.getAttemptCount()))
            .onRetryScheduled(
                event ->
                    notes.accept(
                        "%s; again in %s"
                            .formatted(
                                event.getLastException().getMessage(), seconds(event.getDelay()))))
            .build();
    try {
      return Failsafe.with(policy).get(request);
    } catch (FailsafeException e) {
      throw unwrapped(e.getCause());
    }
  }

  private Duration delay(Throwable failure, int failures) {
    return failure instanceof TryAgainException again
        ? again.wish().orElseGet(() -> patience.after(failures))
        : Duration.ZERO;
  }

  private Optional<Duration> tooLong(Throwable failure) {
    return failure instanceof TryAgainException again
        ? again.wish().filter(wish -> wish.compareTo(patience.longest()) > 0)
        : Optional.empty();
  }

  private ApiException unwrapped(Throwable cause) throws CircuitException, InterruptedException {
    if (cause instanceof ApiException failure) {
      return failure;
    }
    if (cause instanceof CircuitException failure) {
      throw failure;
    }
    if (cause instanceof InterruptedException) {
      throw new InterruptedException();
    }
    if (cause.getCause() instanceof CircuitException failure) {
      throw failure;
    }
    if (cause instanceof TryAgainException failure) {
      return new ApiException(
          failure.getMessage()
              + tooLong(failure)
                  .map(
                      wish ->
                          "; it wants us to wait for %s, which is longer than we do"
                              .formatted(seconds(wish)))
                  .orElse("; tried %d times".formatted(patience.attempts())));
    }
    throw new IllegalStateException(cause);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private record Answer(int status, Body body, Optional<Duration> retryAfter) {}
}
