package dev.postern.examples;

import dev.postern.examples.Checkout.Pom;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A local repository of these tests alone, as if our artifacts had been published: theirs come from
 * this build, everything else from the local repository of the build, through links.
 */
final class LocalRepository {
  private final Path folder;

  private LocalRepository(Path folder) {
    this.folder = folder;
  }

  static LocalRepository make(Path build, Path folder) throws IOException {
    Path ours = Files.createDirectories(folder.resolve("dev/postern"));
    link(build, folder, "dev");
    link(build.resolve("dev"), folder.resolve("dev"), "postern");
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

  private static void link(Path from, Path to, String except) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    List<Path> entries;
    try (Stream<Path> files = Files.list(from)) {
      entries = files.filter(file -> !file.endsWith(except)).toList();
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
