package dev.postern.benchmarks.measure;

import dev.postern.benchmarks.bed.Programs;
import dev.postern.benchmarks.measure.Contestant.Kind;
import dev.postern.benchmarks.report.Results;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who takes part, as far as they are installed. */
public final class Contestants {
  /** Us. */
  public static final String POSTERN = "postern";

  /** Raw MINA. */
  public static final String MINA = "mina";

  static final String SSH = "ssh";
  static final String SSH_CURVE25519 = "ssh curve25519";
  static final String ASYNCSSH = "asyncssh";

  /** Whose class path a library is on; every other is on all. */
  private static final Map<String, String> OWNERS =
      Map.of(
          "jsch-", "jsch",
          "sshj-", "sshj",
          "asn-one-", "sshj",
          "bcprov-", "sshj",
          "bcpkix-", "sshj",
          "bcutil-", "sshj",
          "eddsa-", MINA,
          "jmh-", "",
          "jopt-simple-", "",
          "commons-math3-", "");

  private final List<Contestant> all = new ArrayList<>();
  private final Path scripts;

  /**
   * Looks for them.
   *
   * @param quick whether only those that checks compare
   */
  public Contestants(Path scripts, boolean quick, Results results) {
    this.scripts = scripts;
    java(POSTERN);
    java(MINA);
    addScripts(quick, results);
    if (!quick) {
      java("jsch");
      java("sshj");
    }
  }

  private void addScripts(boolean quick, Results results) {
    // Debian's packages are of Debian's Python, whatever comes first in the path.
    Path debians = Path.of("/usr/bin/python3");
    Optional<Path> python =
        debians.toFile().canExecute() ? Optional.of(debians) : Programs.find("python3");
    if (python.isEmpty()) {
      results.leaveOut("run", "ssh, asyncssh, paramiko", "python3 is not installed");
      return;
    }
    String program = python.get().toString();
    script(program, "openssh.py", SSH, List.of(), Kind.STARTER);
    if (quick) {
      return;
    }
    script(
        program,
        "openssh.py",
        "ssh curve25519",
        List.of("-oKexAlgorithms=curve25519-sha256"),
        Kind.STARTER);
    for (String library : List.of(ASYNCSSH, "paramiko")) {
      if (hasModule(program, library)) {
        script(program, library + "_peer.py", library, List.of(), Kind.OTHER);
      } else {
        results.leaveOut("run", library, "python3-" + library + " is not installed");
      }
    }
  }

  private static boolean hasModule(String python, String module) {
    try {
      Programs.output(List.of(python, "-c", "import " + module));
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void script(String python, String file, String name, List<String> options, Kind kind) {
    List<String> command = List.of(python, scripts.resolve(file).toString());
    all.add(new Contestant(name, command, options, kind));
  }

  private void java(String name) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx2g",
            "-Xshare:auto",
            "-cp",
            classPath(name),
            "dev.postern.benchmarks.peer.PeerMain",
            name);
    all.add(new Contestant(name, command, List.of(), Kind.JAVA));
  }

  /** Ours, less what belongs to others alone. */
  static String classPath(String name) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> mayHave(name, Path.of(jar).getFileName().toString()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean mayHave(String name, String jar) {
    return OWNERS.entrySet().stream()
        .filter(owner -> jar.startsWith(owner.getKey()))
        .allMatch(owner -> owner.getValue().equals(name));
  }

  /** Everybody, us first. */
  public List<Contestant> all() {
    return List.copyOf(all);
  }
}
