package dev.postern.integration;

/** PAM stacks for a test's own service. */
final class Pam {
  static final String[] PASSWORD = {
    "auth required pam_unix.so",
    "account required pam_unix.so",
    "password required pam_unix.so",
    "session optional pam_permit.so"
  };

  static final String[] PASSWORD_THEN_CODE = {
    "auth requisite pam_unix.so",
    "auth required pam_google_authenticator.so",
    "account required pam_unix.so",
    "session optional pam_permit.so"
  };

  static final String[] CODE = {
    "auth required pam_google_authenticator.so",
    "account required pam_unix.so",
    "session optional pam_permit.so"
  };

  private Pam() {}
}
