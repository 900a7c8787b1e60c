package dev.postern.cli.target;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.cli.forward.ForwardSyntax;
import dev.postern.cli.forward.ForwardText;
import dev.postern.cli.report.CommandLineProblem;
import dev.postern.cli.report.Shown;
import dev.postern.problem.Code;
import dev.postern.route.ForwardSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** OpenSSH's letters for forwards, and the same as {@code -o}. */
public final class ForwardOptions {
  @Option(
      names = "-L",
      paramLabel = "[BIND:]PORT:HOST:HOSTPORT",
      description = "One more forward, from this machine. Either end may be the path of a socket.")
  private List<String> local = new ArrayList<>();

  @Option(
      names = "-R",
      paramLabel = "[BIND:]PORT[:HOST:HOSTPORT]",
      description = "One more forward, from the far end to this machine; without HOST, by SOCKS.")
  private List<String> remote = new ArrayList<>();

  @Option(
      names = "-D",
      paramLabel = "[BIND:]PORT",
      description = "A SOCKS server on this machine, whose connections go out at the far end.")
  private List<String> dynamic = new ArrayList<>();

  /** All of them, in the order of the letters. */
  public List<ForwardSpec> specs(SshOptions ssh, Path directory) {
    ForwardSyntax syntax = new ForwardSyntax(directory, ssh.gatewayPorts());
    List<ForwardSpec> specs = new ArrayList<>();
    add(specs, "-L ", local, syntax::local);
    add(specs, "-o LocalForward=", ssh.all(SshKeyword.LOCAL_FORWARD), syntax::local);
    add(specs, "-R ", remote, syntax::remote);
    add(specs, "-o RemoteForward=", ssh.all(SshKeyword.REMOTE_FORWARD), syntax::remote);
    add(specs, "-D ", dynamic, syntax::dynamic);
    add(specs, "-o DynamicForward=", ssh.all(SshKeyword.DYNAMIC_FORWARD), syntax::dynamic);
    return specs.stream().map(spec -> spec.withUnlink(ssh.unlinks())).toList();
  }

  private static void add(
      List<ForwardSpec> specs,
      String option,
      List<String> texts,
      Function<String, ForwardSpec> syntax) {
    for (String text : texts) {
      try {
        specs.add(syntax.apply(text));
      } catch (IllegalArgumentException e) {
        throw bad(option, text, e);
      }
    }
  }

  public static RuntimeException bad(String option, String text, IllegalArgumentException why) {
    return CommandLineProblem.of(
        Code.FORWARD_BAD_SPEC, option + Shown.text(text) + ": " + why.getMessage());
  }

  /** What they are opened on. */
  public interface Owner {
    Forward forward(ForwardSpec spec) throws CircuitException, InterruptedException;

    List<Forward> forwards();

    boolean isOpen();
  }

  /** Opens them; one that cannot be is an end, or as for {@code ssh} only a warning. */
  public static void open(
      List<ForwardSpec> specs, Owner owner, boolean exitOnFailure, Consumer<String> complain)
      throws CircuitException, InterruptedException {
    for (ForwardSpec spec : specs) {
      try {
        owner.forward(spec);
      } catch (CircuitException e) {
        if (exitOnFailure || !owner.isOpen()) {
          throw e;
        }
        complain.accept("warning: " + e.getMessage());
      }
    }
    owner.forwards().stream()
        .flatMap(forward -> ForwardText.warning(forward).stream())
        .forEach(complain);
  }
}
