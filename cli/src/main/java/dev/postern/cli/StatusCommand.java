package dev.postern.cli;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.postern.cli.command.PlainCommand;
import dev.postern.cli.command.ShownInStatus;
import dev.postern.cli.command.UsageErrors;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Json;
import dev.postern.cli.status.Running;
import dev.postern.cli.status.StatusSurvey;
import dev.postern.cli.surroundings.Surroundings;
import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code postern status}. */
@Command(
    name = "status",
    description = StatusCommand.DESCRIPTION,
    customSynopsis = "postern status [OPTIONS]",
    footer = {
      "",
      "Exit code: 0 if there is one, 1 if there is none.",
      "",
      "  postern status",
      "  postern status --watch",
      "  postern status --json"
    })
final class StatusCommand extends PlainCommand {
  static final String DESCRIPTION = "Shows the routes that postern forward holds open.";

  /** To the upper left corner, and what is below erased. */
  private static final String REDRAW = "\u001b[H\u001b[J";

  private static final String NONE = "no forward is running";

  @Option(names = "--watch", description = "Shows them anew each second, until Ctrl-C.")
  private boolean watch;

  @Option(names = UsageErrors.JSON, description = "Reports in JSON.")
  private boolean json;

  @Option(names = "-q", description = "Says nothing if there is none.")
  private boolean quiet;

  StatusCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() throws IOException, InterruptedException {
    StatusSurvey survey = new StatusSurvey(ShownInStatus.places(surroundings()));
    return watch ? watch(survey) : once(survey.take());
  }

  private int once(List<Running> all) {
    if (json || !all.isEmpty()) {
      surroundings().printer().print(report(all));
    } else if (!quiet) {
      surroundings().complain(NONE);
    }
    return all.isEmpty() ? ExitCodes.PROBLEMS : ExitCodes.OK;
  }

  private int watch(StatusSurvey survey) throws IOException, InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    for (String signal : List.of("INT", "TERM", "HUP")) {
      surroundings().signals().on(signal, end::countDown);
    }
    PrintStream printer = surroundings().printer();
    boolean redraw = surroundings().terminals().output() && !json;
    do {
      List<Running> all = survey.take();
      String text = all.isEmpty() && !json ? NONE + "\n" : report(all);
      printer.print(redraw ? REDRAW + text : text);
      if (printer.checkError()) {
        return ExitCodes.BROKEN_PIPE;
      }
    } while (!end.await(1, SECONDS));
    return ExitCodes.OK;
  }

  private String report(List<Running> all) {
    return json ? json(all) : new StatusReport(ZoneId.systemDefault()).text(all);
  }

  private static String json(List<Running> all) {
    return Json.text(all.stream().map(Running::json).toList()) + "\n";
  }

  @Override
  public boolean json() {
    return json;
  }
}
