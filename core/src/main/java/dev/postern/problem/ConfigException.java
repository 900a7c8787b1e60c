package dev.postern.problem;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.apiguardian.api.API;

/**
 * The configuration cannot be used. Carries everything that is wrong with it, not only the first.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  /** At least one problem. */
  public ConfigException(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::toString).collect(joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, in the order of the file. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
