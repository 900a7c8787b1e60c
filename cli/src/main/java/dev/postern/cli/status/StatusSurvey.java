package dev.postern.cli.status;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.postern.core.file.Owner;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.Selector;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks every process of this user that holds a route open, all at once. Sockets on which nobody
 * listens any more are removed; whatever else lies there is left alone.
 */
public final class StatusSurvey {
  private static final Pattern NAME = Pattern.compile("forward-([1-9][0-9]{0,9})\\.sock");
  private static final long PATIENCE_MILLIS = 1_000;
  private static final int MOST = 1_000;
  private static final int FILE_TYPE = 0170000;
  private static final int SOCKET = 0140000;

  private final StatusPlaces places;

  /** Of these places. */
  public StatusSurvey(StatusPlaces places) {
    this.places = places;
  }

  /**
   * Who runs, by route and process. Takes a second at most: who has not answered by then is in the
   * list as such.
   *
   * @throws IOException if nobody can be asked
   */
  public List<Running> take() throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    List<StatusCall> calls = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (Map.Entry<Path, Long> socket : sockets().entrySet()) {
        call(socket.getKey(), socket.getValue(), selector, calls);
      }
      long left = PATIENCE_MILLIS;
      while (left > 0 && calls.stream().anyMatch(call -> !call.isOver())) {
        selector.select(left);
        selector.selectedKeys().forEach(key -> ((StatusCall) key.attachment()).go());
        selector.selectedKeys().clear();
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
      return calls.stream().map(StatusCall::result).sorted(order()).toList();
    } finally {
      calls.forEach(StatusCall::close);
    }
  }

  private static Comparator<Running> order() {
    return Comparator.<Running, String>comparing(
            running -> running instanceof Running.Route route ? route.route() : "")
        .thenComparing(Running::pid);
  }

  private static void call(Path socket, long pid, Selector selector, List<StatusCall> calls)
      throws IOException {
    try {
      calls.add(StatusCall.begin(socket, pid, selector));
    } catch (ConnectException e) {
      // Its process was killed.
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      if (Files.exists(socket, NOFOLLOW_LINKS)) {
        calls.add(StatusCall.failed(pid));
      }
    }
  }

  private Map<Path, Long> sockets() throws IOException {
    Map<Path, Long> sockets = new TreeMap<>();
    for (Path folder : places.toLookIn()) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "forward-*.sock")) {
        for (Path file : files) {
          Matcher name = NAME.matcher(file.getFileName().toString());
          if (name.matches() && isOurSocket(file) && sockets.size() < MOST) {
            sockets.put(file, Long.valueOf(name.group(1)));
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    return sockets;
  }

  private static boolean isOurSocket(Path file) {
    try {
      int mode = (Integer) Files.getAttribute(file, "unix:mode", NOFOLLOW_LINKS);
      return (mode & FILE_TYPE) == SOCKET && Owner.stranger(file).isEmpty();
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }
}
