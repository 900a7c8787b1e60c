package dev.postern.cli.copy;

import dev.postern.api.hop.Person;
import dev.postern.circuit.CircuitException;
import dev.postern.cli.command.ClearingPerson;
import dev.postern.cli.command.ProgressLine;
import dev.postern.cli.command.ReportingCommand;
import dev.postern.cli.surroundings.AtExit;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.cli.target.ConfigurationFile;
import dev.postern.cli.target.ConfigurationOptions;
import dev.postern.core.person.Persons;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code postern copy}. */
@Command(
    name = "copy",
    description = CopyCommand.DESCRIPTION,
    customSynopsis = "postern copy [OPTIONS] SOURCE… TARGET",
    footer = {
      "",
      "  postern copy orders-db:/var/log/app.log .",
      "  postern copy 'orders-db:logs/*.gz' archive/",
      "  postern copy -r -p site/ web:/srv/www",
      "  postern copy -r db1:dump db2:dump            through this machine, no file of it",
      "  postern copy -J alice@bastion app@db:notes.txt ."
    })
public final class CopyCommand extends ReportingCommand {
  public static final String DESCRIPTION =
      "Copies files to, from and between the ends of routes, over SFTP.";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Mixin private CopyOptionsGiven options = new CopyOptionsGiven();

  @Option(names = "-v", description = "Prints the trail: what happened on each hop.")
  private boolean[] verbose = new boolean[0];

  @Option(names = "-q", description = "Says nothing but errors.")
  private boolean quiet;

  @Parameters(
      paramLabel = "PLACE",
      arity = "2..*",
      hideParamSyntax = true,
      description = {
        "ROUTE:PATH, [user@]host:PATH, scp://[user@]host[:port]/PATH, or a file here;",
        "what is copied, and last where to."
      })
  private List<String> places = new ArrayList<>();

  public CopyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() throws CircuitException, IOException, InterruptedException {
    List<CopyPlace> all = places.stream().map(CopyPlace::parse).toList();
    check(all);
    ProgressLine progress = new ProgressLine(surroundings().error(), isShown());
    AtExit erasing = AtExit.run("postern-erase-progress", progress::end);
    boolean batch = configuration.batch() || options.adHoc().ssh().batch();
    Person person = new ClearingPerson(Persons.of(surroundings().environment(), batch), progress);
    Optional<Path> file = new ConfigurationFile(surroundings()).find(configuration.file());
    try (Routes routes = surroundings().loader().load(file, person, progress::hop, false);
        CopyEnds ends = new CopyEnds(surroundings(), routes, options.adHoc(), file)) {
      ends.open(all);
      progress.end();
      if (verbose() && !json()) {
        ends.trail().forEach(surroundings().error()::println);
      }
      return new CopyRun(surroundings(), ends, options::toCopy, json(), isShown()).run(all);
    } finally {
      progress.end();
      erasing.forget();
    }
  }

  private void check(List<CopyPlace> all) {
    if (all.stream().allMatch(CopyPlace::isLocal)) {
      throw new ParameterException(
          spec.commandLine(),
          "all of it is on this machine; write ROUTE:PATH for what is at the end of a route");
    }
    boolean ends = all.get(all.size() - 1).isLocal();
    if (ends && all.subList(0, all.size() - 1).stream().anyMatch(CopyPlace::isLocal)) {
      throw new ParameterException(
          spec.commandLine(),
          "some sources are on this machine, and so is the target; copy those with cp");
    }
    if (!options.isParallelInRange()) {
      throw new ParameterException(spec.commandLine(), "--parallel is a number from 1 to 256");
    }
  }

  private boolean isShown() {
    boolean canErase = !surroundings().environment().getOrDefault("TERM", "").equals("dumb");
    return surroundings().terminals().error() && canErase && !quiet && !json();
  }

  @Override
  public boolean verbose() {
    return verbose.length > 0;
  }
}
