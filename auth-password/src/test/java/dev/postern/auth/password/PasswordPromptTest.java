package dev.postern.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordPromptTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Password: ",
        "password:",
        "Password for alice: ",
        "Password for alice@EXAMPLE.COM:",
        "alice's password: ",
        "(alice@bastion) Password: ",
        "Passwort: ",
        "Mot de passe : ",
        "Contraseña: ",
        "密码：",
        "LDAP Password: ",
        "Enter your password: ",
        "Current password: ",
        "(current) UNIX password: ",
        "Old Password:",
        "Enter login(LDAP) password: ",
        "Current Kerberos 5 password: ",
        "Network password: ",
        "bob@inner.example.com's password: ",
        "You are required to change your password immediately.\nCurrent password: "
      })
  void promptsForThePresentPassword(String text) {
    assertThat(PasswordPrompt.classify(text)).isEqualTo(PasswordPrompt.CURRENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "New password: ",
        "Enter new password: ",
        "Retype new password: ",
        "New UNIX password: ",
        "Retype password: ",
        "Re-enter new LDAP password: ",
        "Reenter new Password: ",
        "Enter new Kerberos password: ",
        "(alice@bastion) New password: ",
        "Your password has expired.\nNew password: "
      })
  void promptsForANewPassword(String text) {
    assertThat(PasswordPrompt.classify(text)).isEqualTo(PasswordPrompt.NEW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "One-time password: ",
        "One-time password (OATH) for `alice': ",
        "OTP password: ",
        "Password or token: ",
        "Password + OTP: ",
        "Password & verification code: ",
        "[sudo] password for alice: ",
        "Password hint: ",
        "Renewed password: ",
        "Verification code: ",
        "Passcode: ",
        "target password of the next host: ",
        "Enter your one-time code below.\nPassword: ",
        "Password (again, for root on another host): ",
        "password\u202e: ",
        ""
      })
  void everythingElseIsNotAnswered(String text) {
    assertThat(PasswordPrompt.classify(text)).isEqualTo(PasswordPrompt.OTHER);
  }
}
