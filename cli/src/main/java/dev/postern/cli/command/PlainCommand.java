package dev.postern.cli.command;

import dev.postern.api.secret.SecretException;
import dev.postern.circuit.CircuitException;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.core.plugin.PluginFault;
import dev.postern.problem.ConfigException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What every command has: help, and one way to report a failure. */
@Command(versionProvider = Version.class, sortOptions = false, addMethodSubcommands = false)
public abstract class PlainCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private HelpOptions help = new HelpOptions();

  public PlainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public final Integer call() {
    FailureReport report = new FailureReport(surroundings, json());
    try {
      return run();
    } catch (ConfigException e) {
      return report.configuration(e);
    } catch (PluginFault e) {
      return report.coded(e.code(), e.sentence());
    } catch (CircuitException e) {
      return report.circuit(e, verbose());
    } catch (SecretException e) {
      return report.secret(e);
    } catch (IOException e) {
      return report.other(e);
    } catch (InterruptedException e) {
      return ExitCodes.INTERRUPTED;
    }
  }

  public abstract int run()
      throws CircuitException, SecretException, IOException, InterruptedException;

  public boolean verbose() {
    return false;
  }

  public boolean json() {
    return false;
  }

  public final Surroundings surroundings() {
    return surroundings;
  }
}
