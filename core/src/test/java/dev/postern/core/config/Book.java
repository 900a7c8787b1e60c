package dev.postern.core.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.core.plugin.PluginRegistry;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes configuration files and reads them. */
final class Book {
  /** Where the fakes are. */
  static final String CLASSES =
      FakePlugins.class
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
          .getPath()
          .replaceFirst("/$", "");

  final FakeServices services = new FakeServices();
  private final Path folder;
  private PluginRegistry plugins = FakePlugins.registry();

  Book(Path folder) {
    this.folder = folder;
  }

  Book with(PluginRegistry registry) {
    plugins = registry;
    return this;
  }

  ConfigEnvironment environment() {
    return new ConfigEnvironment(plugins, services);
  }

  Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  RouteBook load(String text) {
    return RouteBook.load(file("postern.conf", text), environment());
  }

  /** A route with one hop of one strategy, on line 1. */
  RouteBook loadStrategy(String strategy) {
    return load("postern.routes.db.hops = [ { host = h, auth = [ " + strategy + " ] } ]");
  }

  /** The problems as they are printed, without the folder. */
  List<String> problems(String text) {
    Path file = file("postern.conf", text);
    return problems(() -> expectAllToBeRead(RouteBook.load(file, environment())));
  }

  private static void expectAllToBeRead(RouteBook book) {
    if (!book.problems().isEmpty()) {
      throw new ConfigException(book.problems());
    }
  }

  List<String> strategyProblems(String strategy) {
    return problems("postern.routes.db.hops = [ { host = h, auth = [ " + strategy + " ] } ]");
  }

  List<String> problems(Runnable action) {
    ConfigException failure = catchThrowableOfType(ConfigException.class, action::run);
    if (failure == null) {
      return List.of();
    }
    return failure.problems().stream()
        .map(ConfigProblem::toString)
        .map(text -> text.replace(folder + "/", ""))
        .toList();
  }
}
