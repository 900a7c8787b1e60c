package dev.postern.core.copy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A folder on the way down, and those above it. */
final class Step {
  /** OpenSSH's. */
  static final int DEEPEST = 64;

  private final Tree tree;
  private final String path;
  private final @Nullable Step above;
  private final int depth;
  private @Nullable String real;

  Step(Tree tree, String path, @Nullable Step above) {
    this.tree = tree;
    this.path = path;
    this.above = above;
    this.depth = above == null ? 1 : above.depth + 1;
  }

  boolean isTooDeep() {
    return depth > DEEPEST;
  }

  /** Whether a folder that a link led to is one of those that we came through. */
  boolean goesRound() throws IOException {
    for (Step each = above; each != null; each = each.above) {
      if (each.real().equals(real())) {
        return true;
      }
    }
    return false;
  }

  private String real() throws IOException {
    String known = real;
    if (known == null) {
      known = tree.real(path);
      real = known;
    }
    return known;
  }
}
