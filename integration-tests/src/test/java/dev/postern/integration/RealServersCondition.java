package dev.postern.integration;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Says what a machine lacks for real servers. */
final class RealServersCondition implements ExecutionCondition {
  private static final String REQUIRED = "POSTERN_REQUIRE_REAL_SERVERS";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<String> missing = new ArrayList<>();
    if (!"root".equals(System.getProperty("user.name"))) {
      missing.add("root");
    }
    for (String program :
        List.of(
            "/usr/sbin/sshd",
            "/usr/bin/ssh-keygen",
            "/usr/sbin/useradd",
            "/usr/sbin/dropbear",
            "/usr/sbin/tinysshd",
            "/usr/bin/nc",
            "/usr/bin/openssl",
            "/usr/bin/socat",
            "/usr/bin/microsocks",
            "/usr/bin/tinyproxy",
            "/usr/bin/setpriv",
            "/usr/bin/psql",
            "/usr/sbin/mariadbd",
            "/usr/bin/pkill",
            "/usr/bin/ssh",
            "/usr/bin/curl",
            "/usr/bin/git",
            "/usr/bin/rsync")) {
      if (!Files.isExecutable(Path.of(program))) {
        missing.add(program);
      }
    }
    if (!Files.isExecutable(RealPostgres.programs().resolve("postgres"))) {
      missing.add("postgresql");
    }
    if (!hasGoogleAuthenticator()) {
      missing.add("libpam-google-authenticator");
    }
    if (!hasModule("pam_oath.so")) {
      missing.add("libpam-oath");
    }
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("real servers can be started");
    }
    String reason = "real servers cannot be started: missing " + String.join(", ", missing);
    if (System.getenv(REQUIRED) != null) {
      throw new IllegalStateException(reason + ", and " + REQUIRED + " is set");
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  /** Debian keeps PAM's modules below a folder that is named after the processor. */
  private static boolean hasModule(String name) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/usr/lib"))) {
      for (Path folder : folders) {
        if (Files.exists(folder.resolve("security").resolve(name))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hasGoogleAuthenticator() {
    return Files.exists(Path.of("/usr/bin/google-authenticator"));
  }
}
