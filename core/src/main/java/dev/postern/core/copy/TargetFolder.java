package dev.postern.core.copy;

import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import dev.postern.sftp.FileInfo;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that is copied into. Below the one that was named, none is entered through a link that
 * leads out of it. For one thread at a time.
 */
final class TargetFolder {
  private final Tree tree;
  private final String path;
  private final String root;
  private final boolean isNew;
  private final boolean foldsCase;
  private final Set<String> parts = new HashSet<>();
  private final Set<String> folded = new HashSet<>();

  private TargetFolder(Tree tree, String path, String root, boolean isNew, boolean foldsCase)
      throws IOException {
    this.tree = tree;
    this.path = path;
    this.root = root;
    this.isNew = isNew;
    this.foldsCase = foldsCase;
    if (!isNew) {
      readParts();
    }
  }

  /** The folder of a file that was named itself. */
  static TargetFolder existing(Tree tree, String path) throws IOException {
    return new TargetFolder(tree, path, path, false, false);
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
    return new TargetFolder(tree, path, path, isNew, tree.foldsCase(path));
  }

  /** A folder in this one, which is made if there is none. */
  TargetFolder inner(String inner, int mode) throws IOException {
    Optional<FileInfo> there = isNew ? Optional.empty() : tree.find(inner, false);
    boolean made = there.isEmpty();
    if (made) {
      make(tree, inner, mode);
    } else if (there.get().isLink()) {
      expectInside(inner);
    } else {
      expectFolder(inner, there.get());
    }
    return new TargetFolder(tree, inner, root, made, foldsCase);
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

  private void readParts() throws IOException {
    tree.list(
        path,
        entry -> {
          if (PartName.isOne(entry.name())) {
            parts.add(entry.name());
          }
        });
  }

  /** Whether we made it, so that there can be nothing in it. */
  boolean isNew() {
    return isNew;
  }

  boolean hasPart(String name) {
    return parts.contains(name);
  }

  /** The name, which another machine said, can be one here. */
  void expectFit(String name) throws SftpException {
    String reason = tree.unfit(name);
    if (reason == null && foldsCase && !folded.add(folded(name))) {
      reason = "it differs from another only in case, which is the same file here";
    }
    if (reason != null) {
      throw new SftpException(
          Code.FILE_UNSAFE_NAME,
          "the server names \"%s\" in a folder: %s. It is left out"
              .formatted(Sanitiser.line(name), reason));
    }
  }

  private static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }
}
