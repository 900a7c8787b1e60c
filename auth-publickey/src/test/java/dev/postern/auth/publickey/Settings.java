package dev.postern.auth.publickey;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Identity;
import dev.postern.api.secret.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A configuration in one line. */
record Settings(PublickeyConfig config) {
  static Settings files(Path... identities) {
    return new Settings(
        new PublickeyConfig(
            List.of(identities),
            Optional.empty(),
            List.of(),
            Optional.of("false"),
            false,
            List.of()));
  }

  static Settings keys(Secret... keys) {
    return new Settings(
        new PublickeyConfig(
            List.of(), Optional.empty(), List.of(), Optional.of("false"), false, List.of(keys)));
  }

  Settings passphrase(String text) {
    return new Settings(
        new PublickeyConfig(
            config.identities(),
            Optional.of(Secret.of(text)),
            config.certificates(),
            config.agent(),
            config.identitiesOnly(),
            config.keys()));
  }

  Settings certificates(Path... paths) {
    return new Settings(
        new PublickeyConfig(
            config.identities(),
            config.passphrase(),
            List.of(paths),
            config.agent(),
            config.identitiesOnly(),
            config.keys()));
  }

  Settings agent(String setting) {
    return new Settings(
        new PublickeyConfig(
            config.identities(),
            config.passphrase(),
            config.certificates(),
            Optional.ofNullable(setting),
            config.identitiesOnly(),
            config.keys()));
  }

  Settings identitiesOnly() {
    return new Settings(
        new PublickeyConfig(
            config.identities(),
            config.passphrase(),
            config.certificates(),
            config.agent(),
            true,
            config.keys()));
  }

  AuthStrategy strategy(FakeContext context) {
    return new PublickeyProvider().create(config, context);
  }

  /** The descriptions of all identities, in order. */
  List<String> offered(FakeContext context) throws Exception {
    try (AuthStrategy strategy = strategy(context);
        Stream<Identity> identities = strategy.identities()) {
      return identities.map(Identity::description).toList();
    }
  }
}
