package dev.postern.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A Unix account of this machine, made for a test and removed after it. */
final class Account implements AutoCloseable {
  private final String name;
  private final String password;
  private final Path home;

  private Account(String name, String password, Path home) {
    this.name = name;
    this.password = password;
    this.home = home;
  }

  static Account create() {
    String name = "pstrn" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 30), 36);
    String password = "pw-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + "-Zx9";
    Path home = Path.of("/tmp", "home-" + name);
    Commands.run(
        "useradd", "--create-home", "--home-dir", home.toString(), "--shell", "/bin/sh", name);
    Account account = new Account(name, password, home);
    Commands.run(List.of("chpasswd"), name + ":" + password + "\n");
    return account;
  }

  String name() {
    return name;
  }

  String password() {
    return password;
  }

  Path home() {
    return home;
  }

  /** Makes the password expire, so that the next sign-in has to change it. */
  Account expirePassword() {
    Commands.run("chage", "-d", "0", name);
    return this;
  }

  /** A new ed25519 key that this account accepts. */
  Path authorizeNewKey(Path folder) {
    Path key = Keys.generate(folder, "ed25519");
    authorize(Keys.publicLine(key));
    return key;
  }

  void authorize(String line) {
    Path ssh = home.resolve(".ssh");
    try {
      Files.createDirectories(ssh);
      Path file = ssh.resolve("authorized_keys");
      String before = Files.exists(file) ? Files.readString(file) : "";
      Files.writeString(file, before + line.strip() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Commands.run("chown", "-R", name, ssh.toString());
  }

  /** A TOTP seed that pam_google_authenticator asks this account's codes for; base32. */
  String requireCodes() {
    return requireCodes("DISALLOW_REUSE");
  }

  /** The same with these lines of its own file format, in place of those that forbid reuse. */
  String requireCodes(String... options) {
    String seed = Totp.newSeed();
    requireCodesOf(seed, options);
    return seed;
  }

  void requireCodesOf(String seed, String... options) {
    Path file = home.resolve(".google_authenticator");
    try {
      StringBuilder text = new StringBuilder(seed + "\n\" WINDOW_SIZE 3\n\" TOTP_AUTH\n");
      for (String option : options) {
        text.append("\" ").append(option).append('\n');
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Commands.run("chown", name, file.toString());
    Commands.run("chmod", "0600", file.toString());
  }

  @Override
  public void close() {
    Commands.run(
        "sh", "-c", "pkill -KILL -u " + name + "; userdel -f -r " + name + " 2>&1 || true");
  }
}
