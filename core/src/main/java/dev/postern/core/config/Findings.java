package dev.postern.core.config;

import com.typesafe.config.ConfigOrigin;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.util.ArrayList;
import java.util.List;

/** Collects what binding finds: everything that is wrong, and every setting with its origin. */
final class Findings {
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final List<BoundSetting> settings = new ArrayList<>();

  void problem(Code code, ConfigOrigin origin, String path, String message) {
    problem(new ConfigProblem(code, Origins.text(origin), path, message));
  }

  void problem(ConfigProblem problem) {
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  void setting(BoundSetting setting) {
    settings.add(setting);
  }

  List<BoundSetting> settings() {
    return settings;
  }

  List<ConfigProblem> problems() {
    return problems;
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
