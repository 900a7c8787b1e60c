package com.example.postern.vault;

import com.example.postern.vault.Authority.Terms;
import com.example.postern.vault.StandInApi.Reply;
import com.example.postern.vault.StandInApi.Request;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Identity;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A provider at work: each opening makes a strategy of its own, as the engine does. */
final class Bench {
  static final String TOKEN = "hvs.CAESIJ-not-to-be-shown";

  /** The moment at which {@link FakeHopContext}'s clock stands. */
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final VaultSshProvider provider = new VaultSshProvider();

  /** Settings with everything as it is by default. */
  static VaultSshConfig settings(String address) {
    return settings(address, "developers", Secret.of(TOKEN));
  }

  static VaultSshConfig settings(String address, String role, Secret token) {
    return new VaultSshConfig(
        address,
        "ssh-client-signer",
        role,
        token,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Duration.ofSeconds(30));
  }

  static FakeHopContext hop() {
    return new FakeHopContext(new FakePerson());
  }

  /** Signs for an hour from now, with the serial numbers 1, 2, … */
  static StandInApi.Answer signing(Authority authority) {
    AtomicLong serial = new AtomicLong();
    return request ->
        signed(
            authority,
            request,
            Terms.user(
                serial.incrementAndGet(), "alice", NOW.minusSeconds(30), NOW.plusSeconds(3600)));
  }

  static Reply signed(Authority authority, Request request, Terms terms) {
    return Reply.signed(authority.certify(request.point(), terms));
  }

  /** The identity that is offered in an opening. */
  Identity open(VaultSshConfig settings, FakeHopContext hop) throws SecretException {
    try (AuthStrategy strategy = provider.create(settings, hop);
        Stream<Identity> identities = strategy.identities()) {
      List<Identity> offered = identities.toList();
      if (offered.size() != 1) {
        throw new AssertionError("one identity is offered, not " + offered);
      }
      return offered.get(0);
    } catch (SecretException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
