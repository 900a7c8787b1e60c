package com.example.postern.connector.config;

import com.example.postern.connector.config.ConnectorConfig.Database;
import com.example.postern.connector.config.ConnectorConfig.Target;
import dev.postern.api.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code configuration.json}: one JSON object whose values are strings. */
public final class ConfigurationFile {
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

  private ConfigurationFile() {}

  /**
   * Reads it.
   *
   * @param byRoute whether a route of a Postern configuration leads to the API, in place of the
   *     keys that begin with {@code ssh_}
   * @throws ConfigurationException with everything that is wrong
   */
  public static ConnectorConfig read(Path file, boolean byRoute) throws ConfigurationException {
    Fields fields = new Fields(JsonStrings.read(file));
    Optional<SshServer> server =
        byRoute ? Optional.empty() : Optional.of(ServerFields.read(fields));
    if (byRoute) {
      ServerFields.KEYS.stream()
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
}
