package com.example.postern.vault;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.SecretException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the API replied: {@code data.signed_key}, or {@code errors}. */
record ApiReply(SigningUrl url, HttpResponse<byte[]> response, Token token) {
  /**
   * The line of the certificate.
   *
   * @throws MisconfiguredException if the settings or the role must change
   * @throws SecretException if it is not given for another reason
   */
  String signedKey() throws SecretException {
    int status = response.statusCode();
    if (status == 200) {
      return content()
          .map(reply -> reply.get("data"))
          .filter(JsonElement::isJsonObject)
          .map(data -> data.getAsJsonObject().get("signed_key"))
          .flatMap(ApiReply::text)
          .orElseThrow(
              () ->
                  new SecretException(
                      url + " replied without data.signed_key; is it such an API?"));
    }
    throw refusal(status);
  }

  private SecretException refusal(int status) {
    String said = url + " refused with " + status + words();
    return switch (status) {
      case 400 ->
          throw new MisconfiguredException(
              said + "; look at the role and at principals, ttl and extensions");
      case 404 -> throw new MisconfiguredException(said + "; look at mount, role and namespace");
      case 403 ->
          new SecretException(
              said
                  + "; the token is wrong, has ended, or its policy does not allow 'update' there");
      case 429 -> new SecretException(said + "; it is asked too often, try again later");
      case 301, 302, 303, 307, 308 ->
          new SecretException(
              "%s points to %s, where the token is not sent; set address to that, if it is right"
                  .formatted(url, location()));
      case 503 -> new SecretException(said + "; the API is sealed or in maintenance");
      default -> new SecretException(said + "; look at the API's log");
    };
  }

  private String location() {
    return response
        .headers()
        .firstValue("Location")
        .map(token::masked)
        .map(Plain::line)
        .orElse("nowhere");
  }

  /** What it says itself: {@code {"errors": ["…"]}}. */
  private String words() {
    List<String> errors = new ArrayList<>();
    content()
        .map(reply -> reply.get("errors"))
        .filter(JsonElement::isJsonArray)
        .ifPresent(
            array -> array.getAsJsonArray().forEach(error -> text(error).ifPresent(errors::add)));
    return errors.isEmpty() ? "" : " (" + Plain.line(token.masked(String.join(", ", errors))) + ")";
  }

  private Optional<JsonObject> content() {
    String text = new String(response.body(), StandardCharsets.UTF_8);
    try {
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      JsonElement content = JsonParser.parseReader(reader);
      return content.isJsonObject() ? Optional.of(content.getAsJsonObject()) : Optional.empty();
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonElement element) {
    return element instanceof JsonPrimitive primitive && primitive.isString()
        ? Optional.of(primitive.getAsString())
        : Optional.empty();
  }

  @Override
  public String toString() {
    return url + " replied with " + response.statusCode();
  }
}
