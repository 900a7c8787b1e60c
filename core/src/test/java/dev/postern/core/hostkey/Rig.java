package dev.postern.core.hostkey;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.hop.Person;
import dev.postern.api.hop.Time;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.HostKeyAlgorithms;
import dev.postern.core.hop.Keepalive;
import dev.postern.core.hop.StrictHostKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A verifier with a file, a clock that stands still and a person who reads answers from a list. */
final class Rig {
  final Path file;
  final List<String> notices = new CopyOnWriteArrayList<>();
  final List<String> questions = new ArrayList<>();
  private final KnownHosts knownHosts =
      new KnownHosts(
          new Time() {
            @Override
            public Instant now() {
              return TestCertificate.NOW;
            }

            @Override
            public void waitUntil(Instant moment) {
              throw new IllegalStateException("nobody waits here");
            }
          });
  private final Deque<String> answers = new ArrayDeque<>();
  private boolean present;
  private List<Path> files;
  private List<Path> revoked = List.of();
  private StrictHostKeys strict = StrictHostKeys.YES;
  private Optional<String> alias = Optional.empty();
  private Endpoint endpoint = new Endpoint("db.internal", 22);

  Rig(Path directory) {
    file = directory.resolve("known_hosts");
    files = List.of(file);
  }

  Rig at(String host, int port) {
    endpoint = new Endpoint(host, port);
    return this;
  }

  Rig alias(String name) {
    alias = Optional.of(name);
    return this;
  }

  Rig files(Path... paths) {
    files = List.of(paths);
    return this;
  }

  Rig revoked(Path... paths) {
    revoked = List.of(paths);
    return this;
  }

  Rig strict(StrictHostKeys value) {
    strict = value;
    return this;
  }

  Rig answering(String... texts) {
    strict = StrictHostKeys.ASK;
    present = true;
    answers.addAll(Arrays.asList(texts));
    return this;
  }

  Rig lines(String... lines) {
    return content(String.join("\n", lines) + "\n");
  }

  Rig content(String text) {
    try {
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String verify(ServerKey key) throws HopFailure {
    return verifier().verify(key);
  }

  /** {@code PST-H001 sentence}. */
  String refuse(ServerKey key) {
    HopFailure failure = catchThrowableOfType(HopFailure.class, () -> verify(key));
    return failure == null ? "trusted" : failure.code() + " " + failure.sentence();
  }

  List<String> order(String... offered) throws HopFailure {
    return order(new HostKeyAlgorithms(List.of(offered), List.of()));
  }

  List<String> order(HostKeyAlgorithms offered) throws HopFailure {
    return verifier().order(offered);
  }

  private KnownHostsVerifier verifier() {
    HopPolicy policy =
        new HopPolicy(
            files,
            revoked,
            strict,
            alias,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            new Keepalive(Duration.ZERO, 1),
            5,
            false,
            true);
    return knownHosts.verifier(
        new HopInfo(1, 1, "app", endpoint), policy, new FakePerson(), notices::add);
  }

  private final class FakePerson implements Person {
    @Override
    public boolean isPresent() {
      return present;
    }

    @Override
    public SecretValue ask(String question, boolean echo) throws SecretException {
      questions.add(question + (echo ? "" : " (no echo)"));
      String answer = answers.poll();
      if (answer == null) {
        throw new SecretException("the person turned away");
      }
      return SecretValue.of(answer);
    }

    @Override
    public void tell(String text) {
      throw new IllegalStateException("nobody tells here");
    }
  }
}
