package dev.postern.core.copy;

import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The names that one copy has given in a folder: none is given twice. Two that differ only in case
 * may be one name there, which only the folder itself can tell, once the first is there. For one
 * thread at a time.
 */
final class TakenNames {
  private final Tree tree;
  private final String folder;
  private final Map<String, String> taken = new HashMap<>();
  private boolean tellsCaseApart;

  TakenNames(Tree tree, String folder) {
    this.tree = tree;
    this.folder = folder;
  }

  /** Gives the name to a source, unless what another gave it to would be overwritten. */
  void take(String name, String source, Workers workers) throws IOException, InterruptedException {
    String first = taken.putIfAbsent(folded(name), name);
    if (first == null || (tellsCaseApart && !first.equals(name))) {
      return;
    }
    if (first.equals(name)) {
      throw new SftpException(
          Code.FILE_UNSAFE_NAME,
          Sanitiser.line(source) + ": another file has the same name here; it is left out");
    }
    workers.await();
    if (areOne(first, name)) {
      throw new SftpException(
          Code.FILE_UNSAFE_NAME,
          "%s: \"%s\" was copied before it, and the target takes both names for one; it is left out"
              .formatted(Sanitiser.line(source), Sanitiser.line(first)));
    }
  }

  private boolean areOne(String first, String second) throws IOException {
    if (!isThere(first)) {
      return false;
    }
    if (!isThere(second)) {
      tellsCaseApart = true;
      return false;
    }
    Set<String> listed = new HashSet<>();
    tree.list(
        folder,
        entry -> {
          if (entry.name().equals(first) || entry.name().equals(second)) {
            listed.add(entry.name());
          }
        });
    tellsCaseApart = listed.size() == 2;
    return !tellsCaseApart;
  }

  private boolean isThere(String name) throws IOException {
    return tree.find(TreePaths.join(folder, name), false).isPresent();
  }

  private static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }
}
