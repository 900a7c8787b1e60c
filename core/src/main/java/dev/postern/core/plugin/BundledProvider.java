package dev.postern.core.plugin;

import dev.postern.api.ApiLevel;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.PluginType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;

/**
 * One provider of the class path.
 *
 * @param descriptor what its jar says, if it does
 */
record BundledProvider(
    PluginType type, Object provider, Origin origin, Optional<Descriptor> descriptor)
    implements Plugin {
  @Override
  public List<PluginType> provides() {
    return List.of(type);
  }

  @Override
  public boolean isNamed(String idOrPlace) {
    return id().equals(idOrPlace) || origin.location().equals(idOrPlace);
  }

  @Override
  public String describe() {
    return provider.getClass().getName() + " in " + origin.location();
  }

  @Override
  public Object provider(PluginType wanted) {
    return provider;
  }

  @Override
  public List<PluginFault> knownFaults() {
    return List.of();
  }

  /** Core itself needs no descriptor: it is built with the API that is running. */
  private Optional<ApiLevel> ownLevel() {
    boolean core = origin.location().equals(Origin.place(BundledProvider.class));
    return core ? Optional.of(ApiLevel.current()) : Optional.empty();
  }

  private String id() {
    return descriptor
        .map(Descriptor::id)
        .or(
            () ->
                Optional.ofNullable(
                    origin.manifest().getValue(Attributes.Name.IMPLEMENTATION_TITLE)))
        .orElseGet(() -> String.valueOf(Path.of(origin.location()).getFileName()));
  }

  private String version() {
    return descriptor
        .map(Descriptor::version)
        .or(
            () ->
                Optional.ofNullable(
                    origin.manifest().getValue(Attributes.Name.IMPLEMENTATION_VERSION)))
        .orElse("unknown");
  }

  @Override
  public InstalledPlugin inspect() {
    return new InstalledPlugin(
        id(),
        version(),
        descriptor
            .map(Descriptor::api)
            .or(this::ownLevel)
            .map(ApiLevel::toString)
            .orElse("unknown"),
        List.of(type),
        origin.location(),
        true,
        List.of());
  }
}
