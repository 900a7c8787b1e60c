package dev.postern.core.plugin;

import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.PluginType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A plugin that cannot be used, which matters only where a route names one of its types. */
record BrokenPlugin(Path place, Optional<Descriptor> descriptor, PluginFault fault)
    implements Plugin {
  @Override
  public List<PluginType> provides() {
    return descriptor.map(Descriptor::provides).orElse(List.of());
  }

  @Override
  public boolean isNamed(String idOrPlace) {
    return place.toString().equals(idOrPlace)
        || descriptor.filter(known -> known.id().equals(idOrPlace)).isPresent();
  }

  @Override
  public String describe() {
    return descriptor.map(known -> known + " in " + place).orElse(place.toString());
  }

  @Override
  public Object provider(PluginType type) {
    throw fault;
  }

  @Override
  public List<PluginFault> knownFaults() {
    return List.of(fault);
  }

  @Override
  public InstalledPlugin inspect() {
    return new InstalledPlugin(
        descriptor.map(Descriptor::id).orElse(String.valueOf(place.getFileName())),
        descriptor.map(Descriptor::version).orElse("unknown"),
        descriptor.map(known -> known.api().toString()).orElse("unknown"),
        provides(),
        place.toString(),
        false,
        List.of(fault.problem("", "")));
  }
}
