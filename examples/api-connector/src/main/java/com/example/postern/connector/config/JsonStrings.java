package com.example.postern.connector.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file with one JSON object whose values are strings. */
final class JsonStrings {
  private static final int LARGEST = 1 << 20;

  private JsonStrings() {}

  /**
   * Reads it.
   *
   * @throws ConfigurationException if it is something else; what stands there is not shown
   */
  static Map<String, String> read(Path file) throws ConfigurationException {
    ObjectReader reader =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build()
            .reader()
            .without(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(LARGEST + 1);
      if (content.length > LARGEST) {
        throw problem(file, "is larger than any configuration");
      }
      return strings(file, reader.readTree(content));
    } catch (NoSuchFileException e) {
      throw problem(file, "does not exist");
    } catch (JsonProcessingException e) {
      // Jackson's own message would show what stands there.
      throw problem(
          file,
          "is not JSON: line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw problem(file, "cannot be read: " + e.getMessage());
    }
  }

  private static Map<String, String> strings(Path file, JsonNode root)
      throws ConfigurationException {
    if (!root.isObject()) {
      throw problem(file, "must be one JSON object");
    }
    List<String> problems = new ArrayList<>();
    Map<String, String> values = new LinkedHashMap<>();
    root.properties()
        .forEach(
            field -> {
              if (field.getValue().isTextual()) {
                values.put(field.getKey(), field.getValue().textValue());
              } else {
                problems.add(
                    "\"%s\" must be a string: put it in quotes"
                        .formatted(Clean.line(field.getKey())));
              }
            });
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return values;
  }

  private static ConfigurationException problem(Path file, String what) {
    return new ConfigurationException(List.of(file + " " + what));
  }
}
