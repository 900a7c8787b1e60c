package dev.postern.benchmarks.report;

import dev.postern.benchmarks.bed.Programs;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What figures depend on: this machine, and the versions of everybody. */
public final class Machine {
  private static final Pattern JAR =
      Pattern.compile("(sshd-core|jsch|sshj|jmh-core|eddsa)-(\\d.*)\\.jar");

  private Machine() {}

  /** The facts, by name. What this system does not tell is not there. */
  public static Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    firstLine(Path.of("/proc/cpuinfo"), "model name\\s*:\\s*(.*)", facts, "processor");
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    firstLine(Path.of("/proc/meminfo"), "MemTotal:\\s*(.*)", facts, "memory");
    firstLine(Path.of("/etc/os-release"), "PRETTY_NAME=\"(.*)\"", facts, "system");
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("load at start", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    return facts;
  }

  /** The versions, by name. */
  public static Map<String, Object> versions(Path home) {
    Map<String, Object> versions = new LinkedHashMap<>();
    says(versions, "postern", "git", "-C", home.toString(), "describe", "--always", "--dirty");
    versions.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    says(versions, "openssh", "ssh", "-V");
    String python = "/usr/bin/python3";
    says(versions, "python", python, "--version");
    for (String module : List.of("asyncssh", "paramiko")) {
      String program =
          "import warnings; warnings.simplefilter('ignore'); import %1$s; print(%1$s.__version__)";
      says(versions, module, python, "-c", program.formatted(module));
    }
    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(jar -> JAR.matcher(Path.of(jar).getFileName().toString()))
        .filter(Matcher::matches)
        .forEach(jar -> versions.put(jar.group(1), jar.group(2)));
    return versions;
  }

  private static void says(Map<String, Object> versions, String name, String... command) {
    try {
      versions.put(name, Programs.output(List.of(command)).strip());
    } catch (IOException e) {
      // It is not here, and takes no part.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void firstLine(Path file, String pattern, Map<String, Object> facts, String name) {
    try (var lines = Files.lines(file)) {
      lines
          .map(Pattern.compile(pattern)::matcher)
          .filter(Matcher::matches)
          .findFirst()
          .ifPresent(matcher -> facts.put(name, matcher.group(1).strip()));
    } catch (IOException e) {
      // Another system.
    }
  }
}
