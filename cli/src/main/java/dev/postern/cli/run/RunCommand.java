package dev.postern.cli.run;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.api.hop.Person;
import dev.postern.cli.command.ReportingCommand;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.cli.target.AdHocOptions;
import dev.postern.cli.target.ConfigurationFile;
import dev.postern.cli.target.ConfigurationOptions;
import dev.postern.core.person.Persons;
import dev.postern.fleet.FleetRun;
import dev.postern.fleet.FleetTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code postern run}. */
@Command(
    name = "run",
    description = RunCommand.DESCRIPTION,
    customSynopsis = "postern run [OPTIONS] (-w TARGETS | -g GROUP | --file FILE) -- COMMAND…",
    footer = {
      "",
      "  postern run -g switches -b -- sh ver",
      "  postern run -w 'web[01-20],db1' -x web07 -- uptime",
      "  postern run -w 'sw[1-3]' --via jump -l admin -- sh ver",
      "  postern run -w 'app[1-9]' -J alice@bastion --outdir results -- journalctl -n 100"
    })
public final class RunCommand extends ReportingCommand {
  public static final String DESCRIPTION = "Runs a command on many targets.";

  private static final String DELIMITER = "--";

  private static final int GOODBYE_MILLIS = 700;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();
  @Mixin private RunTargets targets = new RunTargets();
  @Mixin private RunLimits limits = new RunLimits();

  @Option(names = "-q", description = "Says nothing but errors.")
  private boolean quiet;

  @ArgGroup(validate = false, heading = RunOptions.HEADING)
  private RunOptions output = new RunOptions();

  @ArgGroup(validate = false, heading = AdHocOptions.HEADING)
  private AdHocOptions adHoc = new AdHocOptions();

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      hideParamSyntax = true,
      description = "The command; its words are joined by blanks, as ssh does.")
  private List<String> command = new ArrayList<>();

  private boolean interrupted;

  public RunCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() throws IOException, InterruptedException {
    expectSense();
    StatusLine status = new StatusLine(surroundings().error(), showsProgress());
    boolean batch = configuration.batch() || adHoc.ssh().batch();
    Person person = new AskedPerson(Persons.of(surroundings().environment(), batch), status);
    Optional<Path> file = new ConfigurationFile(surroundings()).find(configuration.file());
    Routes routes = surroundings().loader().load(file, person, hop -> {}, false);
    try {
      List<FleetTarget> chosen = targets.choose(routes, adHoc, surroundings(), batch);
      List<String> names = chosen.stream().map(FleetTarget::name).toList();
      RunReport report = new RunReport(text -> complain(status, text));
      RunListener listener =
          new RunListener(
              output.form(surroundings(), names, json()), status, report, chosen.size());
      int exitCode =
          carry(
              routes.run(
                  limits.order(chosen, String.join(" ", command), surroundings().environment()),
                  listener),
              report);
      report.tell(chosen.size());
      return exitCode;
    } finally {
      status.clear();
      if (!interrupted) {
        routes.close();
      }
    }
  }

  /** In JSON, the events say it. */
  private void complain(StatusLine status, String text) {
    if (!json()) {
      status.clear();
      surroundings().complain(text);
    }
  }

  private int carry(FleetRun run, RunReport report) throws IOException, InterruptedException {
    CompletableFuture<Integer> signal = new CompletableFuture<>();
    CompletableFuture<?> done = run.done().toCompletableFuture();
    on("INT", ExitCodes.INTERRUPTED, signal);
    on("TERM", 143, signal);
    on("HUP", 129, signal);
    try {
      CompletableFuture.anyOf(done, signal).get();
      if (!signal.isDone()) {
        return report.exitCode();
      }
      // The end of the process closes what is not closed by then.
      interrupted = true;
      run.cancel();
      done.get(GOODBYE_MILLIS, MILLISECONDS);
    } catch (ExecutionException e) {
      return broken(e.getCause());
    } catch (TimeoutException e) {
      // Nobody waits for a server that does not say goodbye.
    }
    return signal.getNow(ExitCodes.INTERRUPTED);
  }

  private void on(String name, int exitCode, CompletableFuture<Integer> signal) {
    surroundings().signals().on(name, () -> signal.complete(exitCode));
  }

  /** Nobody reads our output any more, or a file cannot be written. */
  private int broken(@Nullable Throwable cause) throws IOException {
    if (!(cause instanceof UncheckedIOException unchecked)) {
      throw new IllegalStateException("the run failed with " + cause, cause);
    }
    IOException failure = unchecked.getCause();
    if (failure instanceof java.nio.file.FileSystemException) {
      throw failure;
    }
    return ExitCodes.BROKEN_PIPE;
  }

  private boolean showsProgress() {
    boolean canErase = !surroundings().environment().getOrDefault("TERM", "").equals("dumb");
    return surroundings().terminals().error() && canErase && !quiet && !json();
  }

  private void expectSense() {
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    int delimiter = arguments.indexOf(DELIMITER);
    if (delimiter < 0 || arguments.size() - delimiter - 1 != command.size()) {
      throw new ParameterException(
          spec.commandLine(),
          "write -- before the command: %s run -w TARGETS -- COMMAND"
              .formatted(surroundings().distribution().name()));
    }
    if (command.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "there is no command after --");
    }
    if (!targets.areGiven()) {
      throw new ParameterException(
          spec.commandLine(), "on which targets? Say -w TARGETS, -g GROUP or --file FILE");
    }
    limits.expectSense(spec.commandLine());
    output
        .contradiction(json())
        .ifPresent(
            text -> {
              throw new ParameterException(spec.commandLine(), text);
            });
  }
}
