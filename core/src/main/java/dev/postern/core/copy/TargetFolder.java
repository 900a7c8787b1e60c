package dev.postern.core.copy;

import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import dev.postern.sftp.FileInfo;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is copied into. Below the one that was named, none is entered through a link that
 * leads out of it. For one thread at a time.
 */
final class TargetFolder {
  private final Tree tree;
  private final String path;
  private final String root;
  private final boolean isNew;
  private final @Nullable Set<String> parts;
  private final TakenNames taken;

  /** The parts in it, null if they are not known. */
  private TargetFolder(
      Tree tree, String path, String root, boolean isNew, @Nullable Set<String> parts) {
    this.tree = tree;
    this.path = path;
    this.root = root;
    this.isNew = isNew;
    this.parts = parts;
    this.taken = new TakenNames(tree, path);
  }

  /** The folder of files that were named themselves. It may be large, or not be listed to us. */
  static TargetFolder existing(Tree tree, String path) {
    return new TargetFolder(tree, path, path, false, null);
  }

  /** The folder that a tree is copied to, which is made if there is none. */
  static TargetFolder root(Tree tree, String path, int mode) throws IOException {
    Optional<FileInfo> there = tree.find(path, true);
    boolean isNew = there.isEmpty();
    if (isNew) {
      make(tree, path, mode);
    } else {
      expectFolder(path, there.get());
    }
    return new TargetFolder(tree, path, path, isNew, isNew ? Set.of() : parts(tree, path));
  }

  /** A folder in this one, which is made if there is none. */
  TargetFolder inner(String name, int mode) throws IOException {
    String inner = place(name);
    Optional<FileInfo> there = isNew ? Optional.empty() : tree.find(inner, false);
    boolean made = there.isEmpty();
    if (made) {
      make(tree, inner, mode);
    } else if (there.get().isLink()) {
      expectInside(inner);
    } else {
      expectFolder(inner, there.get());
    }
    return new TargetFolder(tree, inner, root, made, made ? Set.of() : parts(tree, inner));
  }

  private static void make(Tree tree, String path, int mode) throws SftpException {
    try {
      tree.makeFolder(path, mode);
    } catch (IOException e) {
      throw tree.explain(path, e);
    }
  }

  private static void expectFolder(String path, FileInfo info) throws SftpException {
    if (!info.isFolder()) {
      throw new SftpException(
          Code.FILE_WRONG_KIND,
          "%s: it is no folder, and a folder does not replace it".formatted(Sanitiser.line(path)));
    }
  }

  private void expectInside(String link) throws IOException {
    String real = tree.real(link);
    if (!real.startsWith(TreePaths.join(tree.real(root), ""))) {
      throw new SftpException(
          Code.FILE_UNSAFE_NAME,
          "%s: it is a link that leads out of the target; nothing is written through it"
              .formatted(Sanitiser.line(link)));
    }
    expectFolder(link, tree.find(link, true).orElseThrow());
  }

  private static @Nullable Set<String> parts(Tree tree, String path) throws IOException {
    Set<String> parts = new HashSet<>();
    try {
      tree.list(
          path,
          entry -> {
            if (PartName.isOne(entry.name())) {
              parts.add(entry.name());
            }
          });
    } catch (IOException e) {
      SftpException failure = tree.explain(path, e);
      if (failure.code() == Code.FILE_DENIED) {
        // Whoever may write into it may still not see what is in it.
        return null;
      }
      throw failure;
    }
    return parts;
  }

  /** The path of a name in it. */
  String place(String name) {
    return TreePaths.join(path, name);
  }

  /** Whether we made it, so that there can be nothing in it. */
  boolean isNew() {
    return isNew;
  }

  boolean mayHavePart(String name) {
    return parts == null || parts.contains(name);
  }

  /** The name, which another machine said, can be one here. */
  void expectFit(String name) throws SftpException {
    String reason = tree.unfit(name);
    if (reason != null) {
      throw new SftpException(
          Code.FILE_UNSAFE_NAME,
          "the server names \"%s\" in a folder: %s. It is left out"
              .formatted(Sanitiser.line(name), reason));
    }
  }

  /** Gives a name in it to a source, before anything is made under it. */
  void take(String name, String source, Workers workers) throws IOException, InterruptedException {
    taken.take(name, source, workers);
  }
}
