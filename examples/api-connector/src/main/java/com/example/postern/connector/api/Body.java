package com.example.postern.connector.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.example.postern.connector.config.Clean;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an answer carries. Numbers stay as they were sent, and nothing is read twice. */
final class Body {
  private static final Pattern PARAGRAPH = Pattern.compile("(?is)<p>(.*?)</p>");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final String contentType;
  private final byte[] content;

  Body(String contentType, byte[] content) {
    this.contentType = contentType;
    this.content = content;
  }

  /** As JSON. */
  JsonNode json(String request) throws ApiException {
    if (!contentType.matches("(?i)application/([a-z0-9.+-]*\\+)?json\\s*(;.*)?")) {
      throw new ApiException(
          "%s was answered with %s in place of JSON"
              .formatted(
                  request, contentType.isEmpty() ? "no content type" : Clean.line(contentType)));
    }
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      // Jackson's own message would show data.
      throw new ApiException(
          "%s was answered with what is no JSON: line %d, column %d"
              .formatted(request, e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw new ApiException("%s was answered with what is no JSON".formatted(request), e);
    }
  }

  /** What a refusal says: the {@code error} of a JSON object, the first paragraph of a page. */
  Optional<String> complaint() {
    String text = new String(content, UTF_8);
    if (contentType.startsWith("application/json")) {
      try {
        return Optional.ofNullable(JSON.readTree(content).path("error").textValue())
            .map(Clean::line);
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    Matcher paragraph = PARAGRAPH.matcher(text);
    return contentType.startsWith("text/html") && paragraph.find()
        ? Optional.of(Clean.line(paragraph.group(1)))
        : Optional.empty();
  }
}
