package dev.postern.transport.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.postern.transport.proxy.wire.Proxy;
import dev.postern.transport.proxy.wire.ProxyConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy's reply up to its empty line. What follows is SSH's, or a body that nobody reads.
 *
 * @param reason the proxy's own words, bounded
 * @param challenges the values of Proxy-Authenticate
 */
record ReplyHead(int status, String reason, List<String> challenges) {
  static final int AUTHENTICATION_REQUIRED = 407;

  private static final int LONGEST = 64 * 1024;
  private static final int SHOWN = 200;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.\\d (\\d{3})(?: (.*))?");
  private static final Pattern CHALLENGE =
      Pattern.compile("proxy-authenticate:(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern BASIC =
      Pattern.compile("(^|,)\\s*basic(\\s|,|$)", Pattern.CASE_INSENSITIVE);

  static ReplyHead read(ProxyConnection connection, Proxy proxy)
      throws IOException, InterruptedException {
    Lines lines = new Lines(connection, proxy);
    while (true) {
      ReplyHead head = next(lines, proxy);
      if (head.status >= 200) {
        return head;
      }
    }
  }

  private static ReplyHead next(Lines lines, Proxy proxy) throws IOException, InterruptedException {
    String first = lines.first();
    Matcher line = STATUS_LINE.matcher(first);
    if (!line.matches()) {
      throw notHttp(proxy, first);
    }
    List<String> challenges = new ArrayList<>();
    for (String header = lines.next(); !header.isEmpty(); header = lines.next()) {
      Matcher challenge = CHALLENGE.matcher(header);
      if (challenge.matches()) {
        challenges.add(challenge.group(1).strip());
      }
    }
    String reason = line.group(2) == null ? "" : shown(line.group(2).strip());
    return new ReplyHead(Integer.parseInt(line.group(1)), reason, challenges);
  }

  private static IOException notHttp(Proxy proxy, String first) {
    return new IOException(
        "what listens at %s is not an HTTP proxy: it began with \"%s\"; check 'proxy'"
            .formatted(proxy.endpoint(), shown(first)));
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** A proxy that asks without saying how means Basic. */
  boolean acceptsBasic() {
    return challenges.isEmpty() || challenges.stream().anyMatch(BASIC.asPredicate());
  }

  /** How the proxy wants to be signed in to: the first word of each challenge. */
  String schemes() {
    return challenges.stream()
        .map(challenge -> shown(challenge.split("[\\s,]", 2)[0]).toLowerCase(Locale.ROOT))
        .distinct()
        .limit(5)
        .collect(joining(" or "));
  }

  @Override
  public String toString() {
    return reason.isEmpty() ? String.valueOf(status) : status + " " + reason;
  }

  /** Lines that end in a line feed, of bounded length in all. */
  private static final class Lines {
    private static final String BEGINNING = "HTTP/1.";

    private final ProxyConnection connection;
    private final Proxy proxy;
    private int left = LONGEST;

    Lines(ProxyConnection connection, Proxy proxy) {
      this.connection = connection;
      this.proxy = proxy;
    }

    /** Something that is no HTTP need not end its line for us to see it. */
    String first() throws IOException, InterruptedException {
      StringBuilder beginning = new StringBuilder();
      while (beginning.length() < BEGINNING.length()) {
        char next = (char) receive();
        beginning.append(next);
        if (BEGINNING.charAt(beginning.length() - 1) != next) {
          throw notHttp(proxy, beginning + connection.arrived(SHOWN));
        }
      }
      return beginning + next();
    }

    String next() throws IOException, InterruptedException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = receive(); next != '\n'; next = receive()) {
        line.write(next);
      }
      String text = line.toString(UTF_8);
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private int receive() throws IOException, InterruptedException {
      if (left-- == 0) {
        throw new IOException(
            "%s answered with more than 64 KiB of headers; it is broken, or no HTTP proxy"
                .formatted(proxy));
      }
      return connection.receive();
    }
  }
}
