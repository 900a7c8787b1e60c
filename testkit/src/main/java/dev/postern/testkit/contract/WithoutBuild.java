package dev.postern.testkit.contract;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The class path of a test without what the build of the plugin has put there. */
final class WithoutBuild extends ClassLoader {
  private final String build;

  WithoutBuild(ClassLoader classPath, @Nullable Path build) {
    super(classPath);
    this.build = build == null ? "" : build.toUri().getRawPath();
  }

  /** Providers are found by their services files: hidden ones are not. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> found = Collections.list(super.getResources(name));
    found.removeIf(url -> url.toString().contains(build));
    return Collections.enumeration(found);
  }
}
