package dev.postern.benchmarks.peer;

import dev.postern.benchmarks.bed.Hop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * The contract between the one who measures and a client: a process that reads a request on each
 * line of standard input, and answers with a line that begins with {@code ok}, or with {@code no}
 * and the reason. The scripts in {@code benchmarks/peers} obey it too. It ends with its input.
 *
 * <pre>
 * first-byte HOP...                ok MILLISECONDS
 * forward TARGET HOP...            ok PORT
 * close                            ok
 * targets PARALLEL JUMP TARGET...  ok COUNT
 * hold JUMP TARGET...              ok
 * heap                             ok BYTES, after a collection
 * allocated                        ok BYTES, since the start
 * </pre>
 */
public final class PeerMain {
  private final Peer peer;

  private PeerMain(Peer peer) {
    this.peer = peer;
  }

  /** Takes the name of the library, and the folder of the bed. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    new PeerMain(peer(arguments[0], folder)).serve();
    // Some libraries leave threads.
    System.exit(0);
  }

  private static Peer peer(String name, Path folder) throws Exception {
    return switch (name) {
      case "postern" -> new PosternPeer(folder);
      case "mina" -> new MinaPeer(folder);
      case "jsch" -> new JschPeer(folder);
      case "sshj" -> new SshjPeer(folder);
      default -> throw new IllegalArgumentException("no peer " + name);
    };
  }

  private void serve() throws IOException {
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      System.out.println(answer(List.of(line.split(" "))));
    }
  }

  private String answer(List<String> words) {
    try {
      return ("ok " + result(words.get(0), words.subList(1, words.size()))).strip();
    } catch (Exception e) {
      e.printStackTrace();
      return "no " + String.valueOf(e).replaceAll("\\s+", " ");
    }
  }

  private Object result(String request, List<String> words) throws Exception {
    return switch (request) {
      case "first-byte" -> String.format(Locale.ROOT, "%.3f", peer.firstByte(hops(words)) / 1e6);
      case "forward" -> peer.forward(hops(words.subList(1, words.size())), Hop.parse(words.get(0)));
      case "close" -> {
        peer.closeForward();
        yield "";
      }
      case "targets" -> {
        List<Hop> hops = hops(words.subList(1, words.size()));
        int parallel = Integer.parseInt(words.get(0));
        yield peer.targets(hops.get(0), hops.subList(1, hops.size()), parallel);
      }
      case "hold" -> {
        List<Hop> hops = hops(words);
        peer.hold(hops.get(0), hops.subList(1, hops.size()));
        yield "";
      }
      case "heap" -> heap();
      case "allocated" -> allocated();
      default -> throw new IllegalArgumentException("no request " + request);
    };
  }

  private static List<Hop> hops(List<String> words) {
    return words.stream().map(Hop::parse).toList();
  }

  /** Twice, for what is freed after it was finalised; what is in flight settles in between. */
  private static long heap() throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(300);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** By the threads that are alive. */
  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return LongStream.of(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }
}
