package com.example.postern.connector.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code state.json}: a checkpoint for each source. Replaced as a whole: whoever reads it sees the
 * one before or the one after, whenever the process or the machine ends.
 */
public final class StateFile {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SOURCES = "sources";

  private final Path file;
  private final String source;
  private final ObjectNode root;

  private StateFile(Path file, String source, ObjectNode root) {
    this.file = file;
    this.source = source;
    this.root = root;
  }

  /**
   * Reads it.
   *
   * @param source whose checkpoint is meant; those of others are kept as they are
   * @throws StateException if it is there and cannot be used
   */
  public static StateFile read(Path folder, String source) throws StateException {
    Path file = folder.resolve("state.json");
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (!root.path("version").equals(JSON.getNodeFactory().numberNode(1))
          || !root.path(SOURCES).isObject()) {
        throw new StateException(
            file + " is not a state of ours: remove it to read everything again");
      }
      return new StateFile(file, source, (ObjectNode) root);
    } catch (NoSuchFileException e) {
      ObjectNode root = JSON.createObjectNode().put("version", 1);
      root.putObject(SOURCES);
      return new StateFile(file, source, root);
    } catch (JsonProcessingException e) {
      throw new StateException(file + " is not JSON: remove it to read everything again", e);
    } catch (IOException e) {
      throw new StateException("cannot read %s: %s".formatted(file, e), e);
    }
  }

  /** The checkpoint; empty if this source was never read. */
  public Optional<Checkpoint> checkpoint() throws StateException {
    JsonNode node = root.path(SOURCES).path(source);
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Checkpoint(
              node.path("warehouse").asText(),
              node.path("sequence").asLong(),
              text(node, "updated_since"),
              node.has("pass") ? Optional.of(pass(node.path("pass"))) : Optional.empty()));
    } catch (DateTimeParseException e) {
      throw new StateException(
          file + " has a checkpoint that cannot be read: remove it to read everything again", e);
    }
  }

  private static Pass pass(JsonNode node) {
    return new Pass(
        Instant.parse(node.path("started").asText()),
        text(node, "updated_since"),
        text(node, "place"),
        text(node, "newest"),
        node.has("total") ? OptionalLong.of(node.path("total").asLong()) : OptionalLong.empty(),
        node.path("again").asInt());
  }

  private static Optional<String> text(JsonNode node, String field) {
    return Optional.ofNullable(node.path(field).textValue());
  }

  /** Replaces the checkpoint of this source. Returns when it is on the disk. */
  public void write(Checkpoint checkpoint) throws StateException {
    ObjectNode node = JSON.createObjectNode();
    node.put("warehouse", checkpoint.warehouse()).put("sequence", checkpoint.sequence());
    checkpoint.since().ifPresent(since -> node.put("updated_since", since));
    checkpoint.pass().ifPresent(pass -> put(node.putObject("pass"), pass));
    ((ObjectNode) root.path(SOURCES)).set(source, node);
    Path next = file.resolveSibling("state.json.new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer text =
            ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceFolder();
    } catch (IOException e) {
      throw new StateException("cannot write %s: %s".formatted(file, e), e);
    }
  }

  private static void put(ObjectNode node, Pass pass) {
    node.put("started", pass.started().toString());
    pass.since().ifPresent(since -> node.put("updated_since", since));
    pass.place().ifPresent(place -> node.put("place", place));
    pass.newest().ifPresent(newest -> node.put("newest", newest));
    pass.total().ifPresent(total -> node.put("total", total));
    node.put("again", pass.again());
  }

  /** So that the new name is on the disk too; not every system lets a folder be opened. */
  private void forceFolder() {
    try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
      folder.force(true);
    } catch (IOException e) {
      return;
    }
  }
}
