package com.example.postern.connector.api;

import com.example.postern.connector.config.ApiAccess;
import com.example.postern.connector.config.Clean;
import com.example.postern.connector.tunnel.Tunnel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.circuit.CircuitException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Asks the API through a tunnel. What may be gone the next time is asked again: a lost connection
 * or circuit, a time-out, 408, 429 and 5xx. For one thread.
 */
public final class ApiClient implements AutoCloseable {
  private static final int NOTHING_BUT_REFUSED = 401;

  private final Tunnel tunnel;
  private final Authorization authorization;
  private final Http http;
  private final Retries retries;

  /**
   * Connects to nothing.
   *
   * @param notes is told when something is tried again
   */
  public ApiClient(Tunnel tunnel, ApiAccess access, Patience patience, Consumer<String> notes) {
    this.tunnel = tunnel;
    this.authorization = new Authorization(access);
    this.http = new Http(tunnel, authorization, patience.timeout());
    this.retries = new Retries(patience, notes);
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
    return retries.get(() -> getOnce(url));
  }

  private ObjectNode getOnce(HttpUrl url)
      throws ApiException, TryAgainException, CircuitException, InterruptedException {
    Optional<ApiAccess.SessionToken> login = authorization.login();
    if (login.isPresent()) {
      authorization.begin(login(login.get()));
    }
    Request request = request(url).header(Authorization.HEADER, authorization.header()).build();
    String name = "GET " + Clean.line(url.encodedPath());
    Http.Answer answer = http.send(request, name);
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
    JsonNode token = object(name, http.send(request, name)).path("token");
    if (!token.isTextual() || !token.textValue().matches("[\\x21-\\x7e]+")) {
      throw new ApiException(name + " was answered without a \"token\"");
    }
    return token.textValue();
  }

  private static Request.Builder request(HttpUrl url) {
    return new Request.Builder().url(url).header("Accept", "application/json");
  }

  private ObjectNode object(String name, Http.Answer answer)
      throws ApiException, TryAgainException {
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

  private String refusal(String name, Http.Answer answer) throws ApiException {
    return authorization.masked(
        "%s was refused with %d%s"
            .formatted(
                name,
                answer.status(),
                answer.body().complaint().map(text -> ": " + text).orElse("")));
  }

  @Override
  public void close() {
    http.close();
  }
}
