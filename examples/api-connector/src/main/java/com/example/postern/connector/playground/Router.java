package com.example.postern.connector.playground;

import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which endpoint a request is for. */
final class Router {
  private static final Pattern DEPARTMENTS = Pattern.compile("/cursors/([^/]+)/departments");

  private final Access access;
  private final Pagination pagination;
  private final Cursors cursors;
  private final Export export;

  Router(Data data, PlaygroundSecrets secrets) {
    this.access = new Access(data, secrets);
    this.pagination = new Pagination(data);
    this.cursors = new Cursors(data);
    this.export = new Export(data);
  }

  /** Answers a request. */
  Reply answer(String method, URI uri, Function<String, Optional<String>> header, byte[] body) {
    Optional<Endpoint> endpoint = endpoint(uri, header, body);
    if (endpoint.isEmpty()) {
      return Reply.page(
          404,
          "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.");
    }
    boolean posts = uri.getPath().equals("/auth/session_token/login");
    String allowed = posts ? "OPTIONS, POST" : "OPTIONS, GET, HEAD";
    if (method.equals("OPTIONS")) {
      return new Reply(200, "text/html; charset=utf-8", "", java.util.Map.of("Allow", allowed));
    }
    if (!allowed.contains(method)) {
      return Reply.page(405, "The method is not allowed for the requested URL.")
          .with("Allow", allowed);
    }
    try {
      return endpoint.get().answer();
    } catch (RefusedException e) {
      return e.reply();
    }
  }

  private Optional<Endpoint> endpoint(
      URI uri, Function<String, Optional<String>> header, byte[] body) {
    Parameters query = new Parameters(uri.getRawQuery());
    Optional<String> authorization = header.apply("Authorization");
    switch (uri.getPath()) {
      case "/auth/api_key":
        return Optional.of(() -> access.apiKey(authorization));
      case "/auth/http_basic":
        return Optional.of(() -> access.basic(authorization));
      case "/auth/http_bearer":
        return Optional.of(() -> access.bearer(authorization));
      case "/auth/session_token/login":
        return Optional.of(() -> access.login(header.apply("Content-Type"), body));
      case "/auth/session_token/data":
        return Optional.of(() -> access.session(authorization));
      case "/pagination/next_page_url":
        String base = "http://" + header.apply("Host").orElse("127.0.0.1") + uri.getPath();
        return Optional.of(() -> pagination.nextPageUrl(query, base));
      case "/pagination/page_number":
        return Optional.of(() -> pagination.pageNumber(query));
      case "/pagination/offset":
        return Optional.of(() -> pagination.offset(query));
      case "/pagination/keyset":
        return Optional.of(() -> pagination.keyset(query));
      case "/cursors/companies":
        return Optional.of(() -> cursors.companies(query));
      case "/export/csv":
        return Optional.of(export::csv);
      default:
        Matcher departments = DEPARTMENTS.matcher(uri.getPath());
        return departments.matches()
            ? Optional.of(() -> cursors.departments(query, departments.group(1)))
            : Optional.empty();
    }
  }

  private interface Endpoint {
    Reply answer() throws RefusedException;
  }
}
