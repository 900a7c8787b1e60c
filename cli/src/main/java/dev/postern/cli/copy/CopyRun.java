package dev.postern.cli.copy;

import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Json;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.sftp.CopyListener;
import dev.postern.sftp.CopyOptions;
import dev.postern.sftp.CopyResult;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Copies, says how it goes, and gives the exit code: 0, 1 if a file failed, 255 if a link did. */
final class CopyRun {
  private static final int SOME_FAILED = 1;
  private static final int SIGNALLED = 128;
  private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

  private final Surroundings surroundings;
  private final CopyEnds ends;
  private final Options options;
  private final boolean json;
  private final boolean shown;
  private final AtomicInteger signal = new AtomicInteger();

  CopyRun(Surroundings surroundings, CopyEnds ends, Options options, boolean json, boolean shown) {
    this.surroundings = surroundings;
    this.ends = ends;
    this.options = options;
    this.json = json;
    this.shown = shown;
  }

  /** How to copy, knowing whether the target must be a folder. */
  interface Options {
    CopyOptions of(boolean intoFolder);
  }

  int run(List<CopyPlace> places) throws IOException {
    Thread copying = Thread.currentThread();
    SIGNALS.forEach(
        (name, number) ->
            surroundings
                .signals()
                .on(
                    name,
                    () -> {
                      signal.compareAndSet(0, number);
                      copying.interrupt();
                    }));
    try {
      return json ? withEvents(places) : withLine(places);
    } catch (InterruptedIOException e) {
      // So that what closes the circuits may wait for them.
      Thread.interrupted();
      return signal.get() == 0 ? ExitCodes.INTERRUPTED : SIGNALLED + signal.get();
    }
  }

  private int withEvents(List<CopyPlace> places) throws IOException {
    PrintStream printer = surroundings.printer();
    CopyEvents events =
        new CopyEvents(event -> printer.println(CopyEvents.printable(Json.text(event))));
    CopyResult result = copy(places, events);
    events.summary(result);
    return code(result);
  }

  private int withLine(List<CopyPlace> places) throws IOException {
    CopyListener complaints =
        new CopyListener() {
          @Override
          public void failed(String source, SftpException failure) {
            surroundings.complain(String.valueOf(failure.getMessage()));
          }
        };
    if (!shown) {
      return code(copy(places, complaints));
    }
    try (CopyLine line = CopyLine.start(surroundings.error(), this::columns, complaints)) {
      CopyResult result = copy(places, line);
      line.sum();
      return code(result);
    }
  }

  private int columns() {
    try {
      return surroundings.screen().size().columns();
    } catch (IOException e) {
      return 80;
    }
  }

  private CopyResult copy(List<CopyPlace> places, CopyListener listener) throws IOException {
    CopyPlace target = places.get(places.size() - 1);
    List<CopyPlace> sources = places.subList(0, places.size() - 1);
    CopyOptions how = howTo(sources.size(), target);
    CopyResult sum = new CopyResult(0, 0, 0, Optional.empty());
    for (List<CopyPlace> group : groups(sources)) {
      CopyResult result = copy(group, target, how, listener);
      sum =
          new CopyResult(
              sum.files() + result.files(),
              sum.bytes() + result.bytes(),
              sum.failures() + result.failures(),
              result.lost());
      if (result.lost().isPresent()) {
        return sum;
      }
    }
    return sum;
  }

  /** A slash at its end says that the target is a folder; with folders, one can be made of it. */
  private CopyOptions howTo(int sources, CopyPlace target) {
    CopyOptions how = options.of(sources > 1);
    return target.path().endsWith("/") && !how.recursive() ? how.intoExistingFolder() : how;
  }

  private CopyResult copy(
      List<CopyPlace> sources, CopyPlace target, CopyOptions how, CopyListener listener)
      throws IOException {
    List<String> paths = sources.stream().map(CopyPlace::path).toList();
    CopyPlace first = sources.get(0);
    if (first.isLocal()) {
      return ends.at(target)
          .upload(paths.stream().map(this::local).toList(), target.path(), how, listener);
    }
    if (target.isLocal()) {
      return ends.at(first).download(paths, local(target.path()), how, listener);
    }
    return ends.at(first).transfer(paths, ends.at(target), target.path(), how, listener);
  }

  private Path local(String path) {
    return surroundings.directory().resolve(path);
  }

  /** Neighbours that come from one place. */
  private static List<List<CopyPlace>> groups(List<CopyPlace> sources) {
    List<List<CopyPlace>> groups = new ArrayList<>();
    for (CopyPlace source : sources) {
      if (groups.isEmpty()
          || !groups.get(groups.size() - 1).get(0).destination().equals(source.destination())) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(source);
    }
    return groups;
  }

  private static int code(CopyResult result) {
    if (result.lost().isPresent()) {
      return ExitCodes.FAILURE;
    }
    return result.failures() == 0 ? ExitCodes.OK : SOME_FAILED;
  }
}
