package com.example.postern.connector.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.example.postern.connector.config.ApiAccess;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.util.List;
import java.util.Optional;
import okhttp3.Credentials;

/** The header that says who we are, and the word that hides it in what others write. */
final class Authorization {
  static final String HEADER = "Authorization";

  private final ApiAccess access;
  private Optional<String> session = Optional.empty();

  Authorization(ApiAccess access) {
    this.access = access;
  }

  /** The login that must come first; empty if none must, or it was done. */
  Optional<ApiAccess.SessionToken> login() {
    return access instanceof ApiAccess.SessionToken token && session.isEmpty()
        ? Optional.of(token)
        : Optional.empty();
  }

  void begin(String token) {
    session = Optional.of(token);
  }

  /**
   * Forgets the token of a session, which may have ended.
   *
   * @return whether there was one
   */
  boolean expire() {
    boolean had = session.isPresent();
    session = Optional.empty();
    return had;
  }

  String header() throws ApiException {
    if (access instanceof ApiAccess.ApiKey key) {
      return "apiKey " + text(key.key());
    }
    if (access instanceof ApiAccess.Bearer bearer) {
      return "Bearer " + text(bearer.token());
    }
    if (access instanceof ApiAccess.Basic basic) {
      return Credentials.basic(basic.user(), text(basic.password()), UTF_8);
    }
    return "Token " + session.orElse("");
  }

  /** The text, without our secret if somebody put it there. */
  String masked(String text) throws ApiException {
    String result = text;
    for (String secret : secrets()) {
      result = secret.isEmpty() ? result : result.replace(secret, "***");
    }
    return result;
  }

  private List<String> secrets() throws ApiException {
    if (access instanceof ApiAccess.ApiKey key) {
      return List.of(text(key.key()));
    }
    if (access instanceof ApiAccess.Bearer bearer) {
      return List.of(text(bearer.token()));
    }
    if (access instanceof ApiAccess.Basic basic) {
      String header = header();
      return List.of(text(basic.password()), header.substring(header.indexOf(' ') + 1));
    }
    ApiAccess.SessionToken token = (ApiAccess.SessionToken) access;
    return List.of(text(token.password()), session.orElse(""));
  }

  static String text(Secret secret) throws ApiException {
    try (SecretValue value = secret.read()) {
      return new String(value.chars());
    } catch (SecretException e) {
      throw new ApiException("the API's secret cannot be read: " + e.getMessage(), e);
    }
  }
}
