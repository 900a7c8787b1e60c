package dev.postern.examples;

import dev.postern.examples.Checkout.Pom;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A local repository of these tests alone, as if our artifacts had been published: ours come from
 * this build, everything else from the local repository of the build, through links. What is
 * installed stays in here.
 */
final class LocalRepository {
  private final Path folder;

  private LocalRepository(Path folder) {
    this.folder = folder;
  }

  static LocalRepository make(Path build, Path folder) throws IOException {
    Path ours = Files.createDirectories(folder.resolve("dev/postern"));
    Files.createDirectories(folder.resolve("com/example"));
    link(build, folder, Set.of("dev", "com"));
    link(build.resolve("dev"), folder.resolve("dev"), Set.of("postern"));
    link(build.resolve("com"), folder.resolve("com"), Set.of("example"));
    for (Pom pom : Checkout.poms()) {
      String name = pom.artifact() + "-" + pom.version();
      Path place = ours.resolve(pom.artifact()).resolve(pom.version());
      Files.createDirectories(place);
      copy(pom.folder().resolve("pom.xml"), place.resolve(name + ".pom"));
      if (Files.exists(pom.jar())) {
        copy(pom.jar(), place.resolve(name + ".jar"));
      }
    }
    return new LocalRepository(folder);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void link(Path from, Path to, Set<String> except) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    List<Path> entries;
    try (Stream<Path> files = Files.list(from)) {
      entries = files.filter(file -> !except.contains(file.getFileName().toString())).toList();
    }
    for (Path entry : entries) {
      try {
        Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
      } catch (FileAlreadyExistsException e) {
        continue; // of an earlier run
      }
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
