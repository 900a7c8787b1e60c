package dev.postern.auth.password;

import java.util.regex.Pattern;

/**
 * Tells prompts for the static password from all others. It must never take a prompt for a code or
 * a new password for one: what it does not know is {@link #OTHER}.
 */
enum PasswordPrompt {
  /** Asks for the present password. */
  CURRENT,
  /** Asks for a new one, or for it again. */
  NEW,
  /** Asks for anything else. */
  OTHER;

  /** {@code (alice@bastion) }, as some servers begin. */
  private static final String ADDRESS = "(?:\\([^()]{1,200}\\)\\s*)?";

  /** What the word stands for in the languages that sshd and PAM are often translated to. */
  private static final String WORD =
      "(?:password|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|lösenord|hasło|heslo|пароль|パスワード|密码|密碼|비밀번호)";

  private static final Pattern PRESENT =
      pattern(
          ADDRESS
              + "(?:\\S{1,200}'s )?"
              + "(?:(?:please|enter|your|the|old|current|\\(current\\)|login|login\\(ldap\\)|logon|account|user|system|network|corporate|sso|unix|linux|ldap|ad|active directory|sssd|nis|kerberos|kerberos 5|domain|windows|ssh|radius|tacacs)\\s+){0,5}"
              + WORD
              + "(?: (?:for|of|für|de|pour) \\S{1,200})?");

  private static final Pattern CHANGED =
      pattern(
          ADDRESS
              + "(?=.{0,80}(?:\\bnew\\b|\\bre-?type\\b|\\bre-?enter\\b|\\brepeat\\b|\\bconfirm\\b))"
              + "(?:(?:please|enter|retype|re-type|re-enter|reenter|repeat|confirm|again|your|the|new|\\(new\\)|account|unix|linux|ldap|ad|sssd|nis|kerberos|domain|windows)\\s+){1,5}"
              + WORD
              + "(?: (?:again|for \\S{1,200}))?");

  private static final Pattern CODE =
      Pattern.compile(
          "(?i)one[- ]time|\\botp\\b|\\btotp\\b|passcode|token|verification|authenticator|\\bcode\\b");

  /**
   * The question is the last line; what stands before it explains, and may make it another
   * question.
   */
  static PasswordPrompt classify(String text) {
    String whole = text.strip();
    int lineBreak = whole.lastIndexOf('\n');
    if (lineBreak >= 0 && CODE.matcher(whole.substring(0, lineBreak)).find()) {
      return OTHER;
    }
    String line = whole.substring(lineBreak + 1).strip();
    if (CHANGED.matcher(line).matches()) {
      return NEW;
    }
    return PRESENT.matcher(line).matches() ? CURRENT : OTHER;
  }

  private static Pattern pattern(String expression) {
    return Pattern.compile(
        expression + "\\s*[:：?>]?", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
