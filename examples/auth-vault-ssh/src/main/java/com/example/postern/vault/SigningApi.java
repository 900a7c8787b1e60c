package com.example.postern.vault;

import com.google.gson.JsonObject;
import dev.postern.api.secret.SecretException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request to the SSH secrets engine: signs a key with a role. */
final class SigningApi {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Signing signing;
  private final Duration limit;

  SigningApi(Signing signing) {
    this(signing, LIMIT);
  }

  /** With another limit for the whole of the call. */
  SigningApi(Signing signing, Duration limit) {
    this.signing = signing;
    this.limit = limit;
  }

  /** The certificate that came back, unchecked. */
  String sign(EphemeralKey key, Token token) throws SecretException, InterruptedException {
    return new ApiReply(signing.url(), send(request(key, token)), token).signedKey();
  }

  private HttpRequest request(EphemeralKey key, Token token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(signing.url().uri())
            .header("Content-Type", "application/json")
            .header("X-Vault-Request", "true")
            .header("X-Vault-Token", token.header())
            .POST(HttpRequest.BodyPublishers.ofString(body(key).toString()));
    signing.namespace().ifPresent(name -> request.header("X-Vault-Namespace", name));
    return request.build();
  }

  private JsonObject body(EphemeralKey key) {
    JsonObject body = new JsonObject();
    body.addProperty("public_key", key.line());
    body.addProperty("valid_principals", String.join(",", signing.principals()));
    body.addProperty("cert_type", "user");
    signing.ttl().ifPresent(ttl -> body.addProperty("ttl", ttl.toSeconds() + "s"));
    if (!signing.extensions().isEmpty()) {
      JsonObject extensions = new JsonObject();
      signing.extensions().forEach(name -> extensions.addProperty(name, ""));
      body.add("extensions", extensions);
    }
    return body;
  }

  /** A limit for all of it: HttpClient's own ends with the headers. */
  private HttpResponse<byte[]> send(HttpRequest request)
      throws SecretException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> call =
        client().sendAsync(request, headers -> new LimitedBody());
    try {
      return call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw ApiFailure.of(signing, e.getCause());
    } catch (TimeoutException e) {
      throw ApiFailure.tooSlow(signing, limit);
    } finally {
      call.cancel(true);
    }
  }

  /** Follows no redirection: the token is for this address. */
  private HttpClient client() {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT);
    signing.caFile().ifPresent(file -> client.sslContext(TrustedAuthority.in(file)));
    return client.build();
  }
}
