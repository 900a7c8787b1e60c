package ${package};

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.hop.HopContext;

/** What postern finds: the name of the strategy, its settings, and how it is made of them. */
public final class ${className}Provider implements AuthStrategyProvider<${className}Settings> {
  @Override
  public String type() {
    return "${type}";
  }

  @Override
  public Class<${className}Settings> configType() {
    return ${className}Settings.class;
  }

  @Override
  public AuthStrategy create(${className}Settings settings, HopContext hop) {
    return new ${className}(settings);
  }
}
