package com.example.postern.connector.playground;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/** The endpoints below {@code /auth}: the first 20 users, for whoever may see them. */
final class Access {
  private static final JsonMapper JSON = new JsonMapper();

  private final Data data;
  private final PlaygroundSecrets secrets;

  Access(Data data, PlaygroundSecrets secrets) {
    this.data = data;
    this.secrets = secrets;
  }

  Reply apiKey(Optional<String> header) throws RefusedException {
    return guarded(header, "apiKey " + secrets.apiKey());
  }

  Reply basic(Optional<String> header) throws RefusedException {
    return guarded(header, "Basic " + base64(secrets.basicUser() + ":" + secrets.basicPassword()));
  }

  Reply bearer(Optional<String> header) throws RefusedException {
    return guarded(header, "Bearer " + secrets.bearerToken());
  }

  private Reply guarded(Optional<String> header, String wanted) throws RefusedException {
    if (header.isEmpty()) {
      throw new RefusedException(Reply.page(401, "Authorization header is missing"));
    }
    if (!header.get().equals(wanted)) {
      throw new RefusedException(Reply.page(401, "Invalid API key or format"));
    }
    return users();
  }

  Reply login(Optional<String> contentType, byte[] body) throws RefusedException {
    if (!contentType.orElse("").split(";")[0].strip().equalsIgnoreCase("application/json")) {
      throw new RefusedException(
          Reply.page(
              415,
              "Did not attempt to load JSON data because the request Content-Type was not &#39;application/json&#39;."));
    }
    JsonNode login;
    try {
      login = JSON.readTree(body);
    } catch (IOException e) {
      throw new RefusedException(
          Reply.page(
              400, "The browser (or proxy) sent a request that this server could not understand."));
    }
    String user = login.path("username").asText();
    String password = login.path("password").asText();
    if (user.isEmpty() || password.isEmpty()) {
      throw new RefusedException("Username and password are required");
    }
    if (!user.equals(secrets.sessionUser()) || !password.equals(secrets.sessionPassword())) {
      throw new RefusedException(Reply.error(401, "Invalid username or password"));
    }
    return Reply.jsonified(
        JsonNodeFactory.instance.objectNode().put("token", base64(user + ":" + password)));
  }

  Reply session(Optional<String> header) throws RefusedException {
    if (header.isEmpty()) {
      throw new RefusedException("Token is missing");
    }
    String token = header.get().replaceFirst("^Token ", "");
    String decoded;
    try {
      decoded = new String(Base64.getDecoder().decode(token), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("Invalid token format");
    }
    if (decoded.chars().filter(c -> c == ':').count() != 1) {
      throw new RefusedException("Invalid token format");
    }
    if (!decoded.equals(secrets.sessionUser() + ":" + secrets.sessionPassword())) {
      throw new RefusedException(Reply.error(401, "Invalid Token"));
    }
    return users();
  }

  private Reply users() {
    ArrayNode first = JsonNodeFactory.instance.arrayNode();
    data.users.stream().limit(20).forEach(first::add);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("data", first);
    return Reply.jsonified(answer);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
