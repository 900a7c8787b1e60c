package dev.postern.core.config;

import dev.postern.api.config.Default;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import java.util.Optional;

/** A forward as it is written. */
record ForwardSettings(
    Optional<String> local,
    Optional<String> remote,
    @Default("local") Type type,
    @Default("false") boolean unlink) {
  /** Which side listens, and whether its clients say where they want to go. */
  enum Type {
    LOCAL,
    REMOTE,
    DYNAMIC
  }

  ForwardSettings {
    spec(local, remote, type);
  }

  ForwardSpec spec() {
    return spec(local, remote, type).withUnlink(unlink);
  }

  private static ForwardSpec spec(Optional<String> local, Optional<String> remote, Type type) {
    return switch (type) {
      case LOCAL ->
          ForwardSpec.of(
              needed(local, "local", "127.0.0.1:15432"),
              needed(remote, "remote", "localhost:5432"));
      case REMOTE -> remote(local, needed(remote, "remote", "8080"));
      case DYNAMIC -> {
        if (remote.isPresent()) {
          throw new IllegalArgumentException(
              "a dynamic forward has no 'remote': its clients say where they want to go");
        }
        yield ForwardSpec.dynamic(ForwardAddress.of(needed(local, "local", "1080")));
      }
    };
  }

  private static ForwardSpec remote(Optional<String> local, String remote) {
    // By this name a server listens on its loopback addresses of both kinds.
    ForwardAddress listen =
        ForwardAddress.of(remote.matches("[0-9]+") ? "localhost:" + remote : remote);
    return local
        .map(target -> ForwardSpec.remote(listen, ForwardAddress.of(target)))
        .orElseGet(() -> ForwardSpec.remote(listen));
  }

  private static String needed(Optional<String> value, String key, String example) {
    return value.orElseThrow(
        () ->
            new IllegalArgumentException(
                "such a forward needs '%s', for example %s = \"%s\"".formatted(key, key, example)));
  }
}
