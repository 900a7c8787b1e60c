package dev.postern.auth.publickey;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Identity;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.HopContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Offers the identities of one hop, and holds its agent connection. */
final class PublickeyStrategy implements AuthStrategy {
  private static final List<String> USUAL_FILES = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private final PublickeyConfig config;
  private final HopContext context;
  private final AgentChoice agentChoice;
  private final Passphrases passphrases;
  private final Agent.Limits limits;
  private final List<KeyFile> files = new ArrayList<>();
  private Optional<Agent> agent = Optional.empty();

  PublickeyStrategy(
      PublickeyConfig config,
      HopContext context,
      AgentChoice agentChoice,
      KeyRing ring,
      Agent.Limits limits) {
    this.config = config;
    this.context = context;
    this.agentChoice = agentChoice;
    this.passphrases = new Passphrases(config.passphrase(), context.person(), ring);
    this.limits = limits;
  }

  @Override
  public Set<AuthMethod> methods() {
    return Set.of(AuthMethod.PUBLICKEY);
  }

  /**
   * Reads every named file at once, so that a broken one is not hidden by an earlier key that
   * works; opens the private keys only when they sign.
   */
  @Override
  public Stream<Identity> identities() {
    close();
    readFiles();
    Certificates certificates =
        Certificates.read(config.certificates(), files, context.time().now());
    agent = agentChoice.connect(context, limits);
    List<Agent.Key> held = agentKeys();
    List<KeyFile> usable = files.stream().filter(file -> isUsable(file, held)).toList();
    return new Offers(usable, certificates, passphrases, context)
        .stream(agent, held, config.identitiesOnly());
  }

  private boolean namesAny() {
    return !config.identities().isEmpty() || !config.keys().isEmpty();
  }

  private void readFiles() {
    for (Path path : config.identities()) {
      files.add(KeyFiles.identity(path));
    }
    for (int i = 0; i < config.keys().size(); i++) {
      files.add(KeyFiles.key("keys[%d]".formatted(i), config.keys().get(i)));
    }
    if (namesAny() || (agentChoice.isRequired() && !config.identitiesOnly())) {
      return;
    }
    for (String name : USUAL_FILES) {
      readUsual(context.home().resolve(".ssh").resolve(name));
    }
  }

  /** Nobody named this file: when it is unusable, the person is told and the others are tried. */
  private void readUsual(Path path) {
    if (!Files.isRegularFile(path)) {
      return;
    }
    try {
      files.add(KeyFiles.identity(path));
    } catch (MisconfiguredException e) {
      context.person().tell("ignored: " + e.getMessage());
    }
  }

  /** Whether it was named, or need not be skipped because nobody can open it. */
  private boolean isUsable(KeyFile file, List<Agent.Key> held) {
    return namesAny()
        || config.passphrase().isPresent()
        || context.person().isPresent()
        || !file.stored().map(StoredKey::isEncrypted).orElse(false)
        || Offers.heldKey(file, held).isPresent();
  }

  private List<Agent.Key> agentKeys() {
    if (agent.isEmpty()) {
      return List.of();
    }
    try {
      return agent.get().keys();
    } catch (IOException e) {
      if (agentChoice.isRequired()) {
        throw new MisconfiguredException(String.valueOf(e.getMessage()), e);
      }
      agent.get().close();
      agent = Optional.empty();
      return List.of();
    }
  }

  @Override
  public void close() {
    agent.ifPresent(Agent::close);
    agent = Optional.empty();
    files.forEach(KeyFile::wipe);
    files.clear();
  }
}
