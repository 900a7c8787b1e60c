package dev.postern.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers ask, as alice hears it. */
final class PasswordPromptTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Password: ",
        "password:",
        "Password for alice: ",
        "Password for alice@EXAMPLE.COM:",
        "Password for alice@fw.example.com: ",
        "Password for 'alice': ",
        "Password for user alice: ",
        "alice's password: ",
        "alice's Password: ",
        "alice@bastion's password: ",
        "CORP\\alice's password: ",
        "(alice@bastion) Password: ",
        "(alice@bastion) Password for alice@bastion: ",
        "Passwort: ",
        "Kennwort: ",
        "Passwort für alice: ",
        "Mot de passe : ",
        "Mot de passe\u00a0: ",
        "Mot de passe de alice : ",
        "Contraseña: ",
        "Contraseña para alice: ",
        "Senha: ",
        "Senha de alice: ",
        "Palavra-passe: ",
        "Wachtwoord: ",
        "Lösenord: ",
        "Salasana: ",
        "Hasło: ",
        "Пароль: ",
        "パスワード:",
        "alice のパスワード: ",
        "密码：",
        "alice 的密码：",
        "암호: ",
        "LDAP Password: ",
        "Okta Password: ",
        "SSH password: ",
        "PAM Password: ",
        "Primary password: ",
        "Enter your password: ",
        "Please type your password: ",
        "Enter PASSWORD: ",
        "Current password: ",
        "Aktuelles Passwort: ",
        "(aktuelles) UNIX-Passwort: ",
        "Mot de passe actuel : ",
        "Contraseña actual: ",
        "Password attuale: ",
        "(current) UNIX password: ",
        "Current Password: ",
        "Old Password:",
        "Enter login password: ",
        "Enter login(LDAP) password: ",
        "Current Kerberos 5 password: ",
        "Network password: ",
        "First Factor: ",
        "Welcome. Have your password and your verification code at hand.\nPassword: ",
        "Warning: authorised users only\n\tpassword: ",
        "You are required to change your password immediately.\nCurrent password: "
      })
  void promptsForThePresentPassword(String text) {
    assertThat(PasswordPrompt.classify(text, "alice")).isEqualTo(PasswordPrompt.CURRENT);
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
        "Neues Passwort: ",
        "Geben Sie das neue Passwort erneut ein: ",
        "Nouveau mot de passe : ",
        "Retapez le nouveau mot de passe : ",
        "Nueva contraseña: ",
        "Vuelva a escribir la nueva contraseña: ",
        "Nova senha: ",
        "Nuova password: ",
        "Your password has expired.\nNew password: "
      })
  void promptsForANewPassword(String text) {
    assertThat(PasswordPrompt.classify(text, "alice")).isEqualTo(PasswordPrompt.NEW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "One-time password: ",
        "One-time password (OATH) for `alice': ",
        "OTP password: ",
        "Password or token: ",
        "Password + OTP: ",
        "Password + Token value: ",
        "Password & verification code: ",
        "Second Factor: ",
        "Second Factor (optional): ",
        "[sudo] password for alice: ",
        "Password hint: ",
        "Renewed password: ",
        "Verification code: ",
        "Passcode: ",
        "Passphrase: ",
        "Enter passphrase for key '/home/alice/.ssh/id_rsa': ",
        "PIN: ",
        "YubiKey for `alice': ",
        "target password of the next host: ",
        "VPN password: ",
        "Password for the VPN: ",
        "Password for VPN: ",
        "Password for root: ",
        "root's password: ",
        "root@db's password: ",
        "(root@db) Password: ",
        "bob@inner.example.com's password: ",
        "Database password: ",
        "Sudo password: ",
        "Enable password: ",
        "Vault password: ",
        "Root password: ",
        "Mot de passe à usage unique : ",
        "Einmalpasswort: ",
        "Contraseña de un solo uso: ",
        "ワンタイムパスワード: ",
        "动态密码：",
        "Одноразовый пароль: ",
        "otp-md5 487 dehttp ext\nPassword: ",
        "Enter your one-time code below.\nPassword: ",
        "Enter your one-time password.\nPassword: ",
        "Password (again, for root on another host): ",
        "password\u202e: ",
        "> ",
        ""
      })
  void everythingElseIsNotAnswered(String text) {
    assertThat(PasswordPrompt.classify(text, "alice")).isEqualTo(PasswordPrompt.OTHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice@db", "alice:ssh:db", "CORP\\alice", "alice%root%db", "ALICE"})
  void aUserMayNameADomainOrATargetToo(String user) {
    assertThat(PasswordPrompt.classify("Password for alice: ", user))
        .isEqualTo(PasswordPrompt.CURRENT);
  }

  @Test
  void aLongPromptTakesNoTime() {
    String text = "please enter your ".repeat(400) + "'s ".repeat(300);
    assertThat(PasswordPrompt.classify(text, "alice")).isEqualTo(PasswordPrompt.OTHER);
  }
}
