package dev.postern.cli.copy;

import dev.postern.sftp.CopyListener;
import dev.postern.sftp.CopyResult;
import dev.postern.sftp.SftpException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A copy as events, for a program: {@code start, progress, done, error, summary}. */
public final class CopyEvents implements CopyListener {
  private static final long PAUSE_NANOS = 500_000_000L;

  private final Consumer<Map<String, Object>> sink;
  private final Map<String, Moving> moving = new ConcurrentHashMap<>();
  private final long beginning = System.nanoTime();

  /** Gives events, one at a time. */
  public CopyEvents(Consumer<Map<String, Object>> sink) {
    this.sink = sink;
  }

  /** Used by the one thread that copies the file. */
  private static final class Moving {
    private final long size;
    private long done;
    private long told = System.nanoTime();

    Moving(long size, long done) {
      this.size = size;
      this.done = done;
    }
  }

  @Override
  public void started(String source, String target, long size, long resumedAt) {
    moving.put(source, new Moving(size, resumedAt));
    Map<String, Object> event = event("start", source);
    event.put("target", target);
    event.put("size", size);
    event.put("resumedAt", resumedAt);
    give(event);
  }

  @Override
  public void progressed(String source, long bytes) {
    Moving file = moving.get(source);
    if (file == null) {
      return;
    }
    file.done += bytes;
    long now = System.nanoTime();
    if (now - file.told < PAUSE_NANOS) {
      return;
    }
    file.told = now;
    Map<String, Object> event = event("progress", source);
    event.put("bytes", file.done);
    event.put("size", file.size);
    give(event);
  }

  @Override
  public void finished(String source, String target, long size) {
    moving.remove(source);
    Map<String, Object> event = event("done", source);
    event.put("target", target);
    event.put("size", size);
    give(event);
  }

  @Override
  public void failed(String source, SftpException failure) {
    moving.remove(source);
    Map<String, Object> event = event("error", source);
    event.put("code", failure.code().id());
    event.put("message", failure.sentence());
    give(event);
  }

  /** The last event. */
  public void summary(CopyResult result) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "summary");
    event.put("ok", result.isComplete());
    event.put("files", result.files());
    event.put("bytes", result.bytes());
    event.put("failures", result.failures());
    event.put("millis", (System.nanoTime() - beginning) / 1_000_000);
    give(event);
  }

  private static Map<String, Object> event(String name, String source) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", name);
    event.put("source", source);
    return event;
  }

  private synchronized void give(Map<String, Object> event) {
    sink.accept(event);
  }

  /** JSON text in which bytes of names that are no UTF-8 are escaped, so that it can be printed. */
  public static String printable(String json) {
    StringBuilder text = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            point -> {
              if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                text.append("\\u%04x".formatted(point));
              } else {
                text.appendCodePoint(point);
              }
            });
    return text.toString();
  }
}
