package dev.postern.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Finds out with the JDK's flight recorder which files, sockets, processes and threads a call used.
 * Where the platform has no recorder, it finds nothing.
 */
final class InputOutput {
  private static final Set<String> EVENTS =
      Set.of(
          "jdk.FileRead",
          "jdk.FileWrite",
          "jdk.SocketRead",
          "jdk.SocketWrite",
          "jdk.ProcessStart",
          "jdk.ThreadStart");

  private InputOutput() {}

  /** One line for each use. */
  static List<String> of(Class<?> plugin, Path folder, Runnable call) {
    if (!FlightRecorder.isAvailable()) {
      call.run();
      return List.of();
    }
    try (Recording recording = new Recording()) {
      EVENTS.forEach(event -> recording.enable(event).withoutThreshold().withStackTrace());
      recording.start();
      call.run();
      recording.stop();
      Path file = folder.resolve("contract.jfr");
      recording.dump(file);
      List<RecordedEvent> events = RecordingFile.readAllEvents(file);
      Files.delete(file);
      return events.stream().filter(event -> isOf(plugin, event)).map(InputOutput::text).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Made below the plugin's class, and not because another class was loaded. */
  private static boolean isOf(Class<?> plugin, RecordedEvent event) {
    if (event.getStackTrace() == null) {
      return false;
    }
    List<String> classes =
        event.getStackTrace().getFrames().stream()
            .map(RecordedFrame::getMethod)
            .map(method -> method.getType().getName())
            .toList();
    return classes.contains(plugin.getName())
        && classes.stream().noneMatch(name -> name.startsWith("jdk.internal.loader."))
        && classes.stream().noneMatch(name -> name.startsWith("java.lang.ClassLoader"))
        && classes.stream().noneMatch(name -> name.startsWith("jdk.jfr."));
  }

  private static String text(RecordedEvent event) {
    String kind = event.getEventType().getName().replace("jdk.", "");
    for (String field : List.of("path", "host", "command")) {
      if (event.hasField(field)) {
        return kind + " " + event.getString(field);
      }
    }
    return kind;
  }
}
