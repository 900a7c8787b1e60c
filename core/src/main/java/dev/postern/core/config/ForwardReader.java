package dev.postern.core.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.postern.problem.Code;
import dev.postern.route.ForwardSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the forwards of a route. */
final class ForwardReader {
  private final ValueBinder values;
  private final Findings findings;

  ForwardReader(ValueBinder values, Findings findings) {
    this.values = values;
    this.findings = findings;
  }

  /** The forwards; those with something wrong are missing, and the findings have it. */
  List<ForwardSpec> read(@Nullable ConfigValue value, String path) {
    if (value == null) {
      return List.of();
    }
    List<ForwardSpec> forwards = new ArrayList<>();
    if (!(value instanceof ConfigList list)) {
      findings.problem(
          Code.CONFIG_WRONG_VALUE, value.origin(), path, "expected a list of forwards");
      return forwards;
    }
    for (int i = 0; i < list.size(); i++) {
      ForwardSettings settings = one(list.get(i), Paths.element(path, i));
      if (settings != null) {
        forwards.add(settings.spec());
      }
    }
    return forwards;
  }

  private @Nullable ForwardSettings one(ConfigValue value, String path) {
    if (!(value instanceof ConfigObject forward)) {
      findings.problem(
          Code.CONFIG_WRONG_VALUE,
          value.origin(),
          path,
          "expected { local = \"127.0.0.1:15432\", remote = \"localhost:5432\" }");
      return null;
    }
    return values.records().bind(ForwardSettings.class, forward, path, "a forward", Set.of());
  }
}
