package com.example.postern.connector.config;

import com.example.postern.connector.config.ConnectorConfig.Database;
import com.example.postern.connector.config.ConnectorConfig.Target;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.postern.api.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code configuration.json}: one JSON object whose values are strings. */
public final class ConfigurationFile {
  private static final int LARGEST = 1 << 20;
  private static final List<String> SSH_KEYS =
      List.of(
          "ssh_host",
          "ssh_port",
          "ssh_user",
          "ssh_password",
          "ssh_private_key",
          "ssh_key_passphrase",
          "ssh_known_hosts",
          "ssh_host_key",
          "ssh_strict_host_keys",
          "local_port");

  private enum Access {
    API_KEY,
    HTTP_BASIC,
    BEARER,
    SESSION_TOKEN;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private enum Strictness {
    YES("yes"),
    ACCEPT_NEW("accept-new");

    private final String label;

    Strictness(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  private ConfigurationFile() {}

  /**
   * Reads it.
   *
   * @param byRoute whether a route of a Postern configuration leads to the API, in place of the
   *     keys that begin with {@code ssh_}
   * @throws ConfigurationException with everything that is wrong
   */
  public static ConnectorConfig read(Path file, boolean byRoute) throws ConfigurationException {
    Fields fields = new Fields(strings(file));
    Optional<SshServer> server = byRoute ? Optional.empty() : Optional.of(server(fields));
    if (byRoute) {
      SSH_KEYS.stream()
          .filter(fields::has)
          .forEach(key -> fields.problem("\"%s\" is not used with a route: remove it", key));
    }
    ConnectorConfig config =
        new ConnectorConfig(
            server, target(fields, byRoute), access(fields), job(fields), database(fields));
    fields.check();
    return config;
  }

  /** Whether the file, which has secrets, can be read by others. */
  public static boolean isOpenToOthers(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static SshServer server(Fields fields) {
    String host = fields.required("ssh_host");
    fields.name("ssh_host", "");
    int port = fields.number("ssh_port", 22, 1, 65_535);
    String user = fields.required("ssh_user");
    Optional<Secret> password = fields.optionalSecret("ssh_password");
    Optional<Secret> key = privateKey(fields);
    if (password.isEmpty() && !fields.has("ssh_private_key")) {
      fields.problem("\"ssh_password\" is missing, and so is \"ssh_private_key\": one is needed");
    }
    Optional<Secret> passphrase = fields.optionalSecret("ssh_key_passphrase");
    Optional<Path> knownHosts = fields.optional("ssh_known_hosts").map(ConfigurationFile::file);
    Optional<String> hostKey = fields.optional("ssh_host_key").map(String::strip);
    if (hostKey.isPresent() && !hostKey.get().matches("[a-z0-9@.-]+ [A-Za-z0-9+/]+=*( [^\\n]*)?")) {
      fields.problem("\"ssh_host_key\" must be a public key, as in a .pub file: ssh-ed25519 AAAA…");
    }
    if (hostKey.isPresent() && knownHosts.isPresent()) {
      fields.problem("\"ssh_host_key\" and \"ssh_known_hosts\" are both there: keep one");
    }
    Strictness strictness =
        fields.oneOf("ssh_strict_host_keys", Strictness.values(), Strictness.YES);
    int local = fields.number("local_port", 0, 0, 65_535);
    return new SshServer(
        host,
        port,
        user,
        password,
        key,
        passphrase,
        knownHosts,
        hostKey,
        strictness == Strictness.ACCEPT_NEW,
        local == 0 ? OptionalInt.empty() : OptionalInt.of(local));
  }

  /** A file, of the home directory if it begins with {@code ~/}. */
  private static Path file(String name) {
    return name.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), name.substring(2))
        : Path.of(name);
  }

  private static Optional<Secret> privateKey(Fields fields) {
    Optional<String> value = fields.optional("ssh_private_key");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> text = KeyText.of(value.get());
    if (text.isEmpty()) {
      fields.problem(
          "\"ssh_private_key\" must be the text of a private key, which begins with -----BEGIN, or base64 of it");
    }
    return text.map(Secret::of);
  }

  /** A route may have its own; the seed's is fixed. */
  private static Optional<Target> target(Fields fields, boolean byRoute) {
    boolean said = fields.has("remote_port") | fields.has("remote_host");
    String host = fields.name("remote_host", "127.0.0.1");
    int port = fields.number("remote_port", 5005, 1, 65_535);
    return byRoute && !said ? Optional.empty() : Optional.of(new Target(host, port));
  }

  private static ApiAccess access(Fields fields) {
    switch (fields.oneOf("auth", Access.values(), Access.API_KEY)) {
      case HTTP_BASIC:
        return new ApiAccess.Basic(
            fields.required("api_user"), fields.requiredSecret("api_password"));
      case BEARER:
        return new ApiAccess.Bearer(fields.requiredSecret("api_token"));
      case SESSION_TOKEN:
        return new ApiAccess.SessionToken(
            fields.required("api_user"),
            fields.requiredSecret("api_password"),
            path(fields, "login_endpoint", "/auth/session_token/login"));
      default:
        return new ApiAccess.ApiKey(header(fields, "api_key"));
    }
  }

  private static Secret header(Fields fields, String key) {
    String value = fields.required(key);
    if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
      fields.problem("\"%s\" has characters that no HTTP header can have", key);
    }
    return Secret.of(value);
  }

  private static String path(Fields fields, String key, String otherwise) {
    String path = fields.name(key, otherwise);
    if (!path.startsWith("/") || path.startsWith("//") || path.contains("#")) {
      fields.problem("\"%s\" must be a path that begins with one /", key);
    }
    return path;
  }

  private static Job job(Fields fields) {
    Shape shape = fields.oneOf("pagination", Shape.values(), Shape.NONE);
    boolean companies = shape == Shape.CURSOR;
    List<String> primaryKey =
        Arrays.stream(
                fields
                    .optional("primary_key")
                    .orElse(companies ? "company_id" : "id")
                    .split(",", -1))
            .map(String::strip)
            .toList();
    if (primaryKey.stream().anyMatch(String::isEmpty)) {
      fields.problem("\"primary_key\" has an empty name: write it like id or company_id,id");
    }
    return new Job(
        path(fields, "endpoint", shape.usualEndpoint()),
        shape,
        fields.number("page_size", 50, 1, 10_000),
        fields.optional("updated_field").orElse("updatedAt"),
        fields.optional("schema").orElse("tester"),
        fields.optional("table").orElse(companies ? "company" : "user"),
        primaryKey);
  }

  private static Optional<Database> database(Fields fields) {
    Optional<String> url = fields.optional("jdbc_url");
    Optional<String> user = fields.optional("jdbc_user");
    Optional<Secret> password = fields.optionalSecret("jdbc_password");
    if (url.isPresent() && !url.get().startsWith("jdbc:")) {
      fields.problem("\"jdbc_url\" must begin with jdbc:");
    }
    if (url.isEmpty() && (user.isPresent() || password.isPresent())) {
      fields.problem("\"jdbc_url\" is missing, and its user or password is there");
    }
    return url.map(value -> new Database(value, user, password));
  }

  private static Map<String, String> strings(Path file) throws ConfigurationException {
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
