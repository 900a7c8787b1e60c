package dev.postern.auth.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CodePromptTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Verification code: ",
        "Verification code:",
        "(alice@bastion) Verification code: ",
        "One-time password (OATH) for `alice': ",
        "One-time password: ",
        "One time passcode: ",
        "OTP: ",
        "OTP password: ",
        "Enter OTP for alice: ",
        "Passcode: ",
        "Enter PASSCODE: ",
        "Duo passcode: ",
        "Code: ",
        "Enter code: ",
        "Enter the code from your authenticator app: ",
        "Please enter the code shown in your app: ",
        "Token: ",
        "Enter your token: ",
        "Token code: ",
        "TOKENCODE: ",
        "Wait for the tokencode to change, then enter the new tokencode: ",
        "Enter your 6-digit code: ",
        "Enter your 6 digit code: ",
        "Enter the six digits: ",
        "Authenticator code:",
        "Google Authenticator code: ",
        "Google Authenticator: ",
        "2FA code: ",
        "2FA: ",
        "MFA code: ",
        "Enter MFA Code> ",
        "Two-factor code: ",
        "Two-factor code or a recovery code: ",
        "Security code: ",
        "Authentication Code? ",
        "Multi-factor passcode: ",
        "Please enter otp: ",
        "please enter your OTP value: ",
        "Enter your token code: ",
        "Token Value: ",
        "FortiToken Code: ",
        "SecurID passcode: ",
        "Enter Your Microsoft verification code",
        "Second Factor: ",
        "Second Factor (optional): ",
        "One-time PIN: ",
        "For help e-mail noc@example.com or choose another bastion.\nVerification code: ",
        "(alice@bastion) One-time password (OATH) for `alice': ",
        "Bestätigungscode: ",
        "Verifizierungscode: ",
        "Einmalcode: ",
        "Code d'authentification : ",
        "Mot de passe à usage unique : ",
        "Código de verificação: ",
        "Contraseña de un solo uso: ",
        "Codice di verifica: ",
        "Код подтверждения: ",
        "Одноразовый пароль: ",
        "確認コード: ",
        "ワンタイムパスワード: ",
        "动态口令：",
        "Código: ",
        "Einmalpasswort: ",
        "Code de vérification : ",
        "Código de verificación: ",
        "验证码：",
        "Welcome to the bastion.\nYour password was accepted.\nVerification code: ",
        "Enter the verification code\n> "
      })
  void promptsForACode(String text) {
    assertThat(CodePrompt.isRecognised(text, "")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ": ",
        "Password: ",
        "alice's password: ",
        "(alice@bastion) Password: ",
        "New password: ",
        "Login password: ",
        "Password + OTP: ",
        "Password & verification code: ",
        "Password or token: ",
        "Enter your OTP on the next screen.\nPassword: ",
        "Passcode or option (1-3): ",
        "Duo two-factor login for alice\n\n 1. Duo Push\n\nPasscode or option (1-3): ",
        "Enter a passcode or select one of the following options:\n\n 1. Push\n\nPasscode: ",
        "Are you sure (yes/no)? ",
        "Send a verification code? (y/n) ",
        "Verification code sent to a***@example.com: ",
        "We sent you an SMS.\nCode: ",
        "A code was sent to your phone.\nCode: ",
        "Enter the code that we e-mailed to you: ",
        "SMS code: ",
        "Enter PIN and tokencode: ",
        "New PIN: ",
        "Password + Token value: ",
        "First Factor: ",
        "YubiKey for `alice': ",
        "Enter your YubiKey OTP: ",
        "Current password: ",
        "(current) UNIX password: ",
        "Retype new password: ",
        "Passwort: ",
        "Mot de passe : ",
        "Contraseña: ",
        "パスワード: ",
        "Enter passphrase for key '/home/alice/.ssh/id_rsa': ",
        "Username: ",
        "Country code: ",
        "Response: ",
        "Backup code: ",
        "Recovery code: ",
        "Emergency scratch code: ",
        "PIN: ",
        "Enter your 6 digit PIN: ",
        "Enter token PIN: ",
        "Zip code: ",
        "Codename: ",
        "Source code licence accepted? "
      })
  void everythingElseIsNotAnswered(String text) {
    assertThat(CodePrompt.isRecognised(text, "")).isFalse();
  }

  @Test
  void whatTheRoundSaysMayMakeItAnotherCode() {
    assertThat(CodePrompt.isRecognised("Code: ", "We sent you an SMS.")).isFalse();
    assertThat(CodePrompt.isRecognised("Code: ", "Welcome to the bastion.")).isTrue();
  }

  @Test
  void aLongPromptTakesNoTime() {
    String text = "please enter your ".repeat(20_000);
    assertThatCode(
            () ->
                Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(30), () -> CodePrompt.isRecognised(text, "")))
        .doesNotThrowAnyException();
  }
}
