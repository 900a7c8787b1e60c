package dev.postern.core.auth;

import dev.postern.api.auth.Identity;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.core.text.Sanitiser;
import dev.postern.event.AuthOutcome;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Writes down what happens, for the trail and for the failure that ends it. */
final class AuthTrail {
  private static final int TRIED_LIMIT = 20;
  private static final int BANNER_LIMIT = 5;

  private final TrailRecorder recorder;
  private final List<String> tried = new ArrayList<>();
  private int banners;

  AuthTrail(TrailRecorder recorder) {
    this.recorder = recorder;
  }

  void note(String text) {
    recorder.record(Phase.AUTH, text);
  }

  void attempted(String method, AuthOutcome outcome, Duration took) {
    recorder.attempted(method, outcome, took);
  }

  void refused(String what, List<String> stillOffered) {
    note(what + " refused; the server offers " + methods(stillOffered));
    if (tried.size() < TRIED_LIMIT) {
      tried.add(what + " (refused)");
    }
  }

  void accepted(String what, List<String> stillWanted) {
    note(what + " accepted; the server still wants " + methods(stillWanted));
    if (tried.size() < TRIED_LIMIT) {
      tried.add(what + " (accepted)");
    }
  }

  void skipped(String what) {
    note(what);
    if (tried.size() < TRIED_LIMIT && !tried.contains(what)) {
      tried.add(what);
    }
  }

  /** {@code "tried: password (refused)"}. */
  String tried() {
    return tried.isEmpty() ? "nothing was tried" : "tried: " + String.join("; ", tried);
  }

  void banner(String text) {
    banners++;
    if (banners <= BANNER_LIMIT) {
      note("banner: " + Sanitiser.line(text.strip()));
    }
  }

  static String methods(List<String> methods) {
    return methods.isEmpty() ? "nothing" : Sanitiser.line(String.join(",", methods));
  }

  /** {@code ssh-ed25519 SHA256:… from ~/.ssh/id_ed25519}. */
  static String describe(Identity identity) {
    return "publickey %s %s from %s"
        .formatted(
            Sanitiser.line(identity.keyType()),
            fingerprint(identity.publicKey()),
            Sanitiser.line(identity.description()));
  }

  private static String fingerprint(byte[] blob) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
