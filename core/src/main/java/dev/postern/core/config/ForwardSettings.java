package dev.postern.core.config;

import dev.postern.api.config.Default;
import dev.postern.route.ForwardSpec;

/** A forward as it is written. */
record ForwardSettings(String local, String remote, @Default("local") Type type) {
  /** Which side listens. */
  enum Type {
    LOCAL
  }

  ForwardSettings {
    ForwardSpec.of(local, remote);
  }

  ForwardSpec spec() {
    return ForwardSpec.of(local, remote);
  }
}
