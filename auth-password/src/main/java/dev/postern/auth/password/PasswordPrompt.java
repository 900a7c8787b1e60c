package dev.postern.auth.password;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells prompts for the static password from all others. It must never take a prompt for a code, a
 * new password or somebody else's for one: what it does not know is {@link #OTHER}.
 */
enum PasswordPrompt {
  /** Asks for the present password. */
  CURRENT,
  /** Asks for a new one, or for it again. */
  NEW,
  /** Asks for anything else. */
  OTHER;

  /** {@code (alice@bastion) }, as some servers begin. */
  private static final String ADDRESS = "(?:\\(([^()\\s]{1,200}@[^()\\s]{1,200})\\)\\s*)?";

  /** What the word stands for in the languages that sshd and PAM are often translated to. */
  private static final String WORD =
      "(?:password|passwort|kennwort|mot de passe|contraseña|clave|contrasenya|senha|palavra-passe"
          + "|wachtwoord|lösenord|adgangskode|passord|salasana|hasło|heslo|jelszó|lozinka|geslo"
          + "|parola|parolă|şifre|mật khẩu|пароль|парола|κωδικός|סיסמה|パスワード|密码|密碼|口令|비밀번호|암호)";

  /** Whose password: {@code alice}, {@code 'alice'}, {@code alice@host}, {@code CORP\alice}. */
  private static final String OWNER = "['\"`‘“]?([^\\s'\"`’”]{1,200}?)['\"`’”]?";

  private static final Pattern PRESENT =
      pattern(
          ADDRESS
              + "(?:"
              + OWNER
              + "(?:['’]s| ?の| ?的) ?)?"
              + "(?:(?:please|enter|type|input|your|the|old|current|\\(current\\)|aktuelles|\\(aktuelles\\)|login|login\\(ldap\\)|logon|account|user|primary|static|system|network|corporate|sso|okta|unix|linux|ldap|ad|active directory|ipa|freeipa|sssd|nis|kerberos|kerberos 5|domain|windows|ssh|pam|radius|tacacs\\+?)[\\s-]+){0,5}"
              + WORD
              + "(?: (?:actuel|actual|atual|attuale))?"
              + "(?: (?:for|of|für|de|pour|para|per|voor|för|dla|для) (?:user |account )?"
              + OWNER
              + ")?");

  /** The first of two factors, as SSSD asks for it. */
  private static final Pattern FIRST_FACTOR = pattern(ADDRESS + "first factor");

  private static final Pattern CHANGED =
      pattern(
          ADDRESS
              + "(?=.{0,80}(?:\\bnew\\b|\\bre-?type\\b|\\bre-?enter\\b|\\brepeat\\b|\\bconfirm\\b))"
              + "(?:(?:please|enter|retype|re-type|re-enter|reenter|repeat|confirm|again|your|the|new|\\(new\\)|account|unix|linux|ldap|ad|sssd|nis|kerberos|domain|windows)\\s+){1,5}"
              + WORD
              + "(?: (?:again|for \\S{1,200}))?");

  /** The same, as Linux-PAM is translated. */
  private static final Pattern CHANGED_ABROAD =
      pattern(
          ADDRESS
              + "(?:(?:geben sie das )?neues? (?:\\S{1,20}[ -])?(?:passwort|kennwort)(?: erneut ein)?(?: wiederholen)?"
              + "|(?:retapez le |confirmez le )?nouveau mot de passe(?: \\S{1,20})?"
              + "|(?:vuelva a escribir la |repita la )?nueva contraseña(?: de \\S{1,20})?"
              + "|(?:redigite a |digite novamente a )?nova senha(?: \\S{1,20})?"
              + "|(?:reimmettere la |reinserire la )?nuova password(?: \\S{1,20})?)");

  private static final Pattern CODE =
      Pattern.compile(
          "(?i)one[- ]time|\\botp\\b|\\btotp\\b|passcode|token|verification|authenticator|\\bcode\\b");

  /** A password, but not a one-time one. */
  private static final Pattern STATIC =
      Pattern.compile("(?i)(?<!one[- ]time )(?<!otp )(?<!token )\\bpassword\\b");

  /**
   * The question is the last line; what stands before it explains, and may make it another
   * question: if it speaks of a code only, then a code is what is asked for.
   *
   * @param user whom we sign in as: another one's password is not ours to give
   */
  static PasswordPrompt classify(String text, String user) {
    // French texts have a no-break space before the colon.
    String whole = text.replace('\u00a0', ' ').replace('\u202f', ' ').strip();
    int lineBreak = whole.lastIndexOf('\n');
    String before = whole.substring(0, Math.max(lineBreak, 0));
    if (CODE.matcher(before).find() && !STATIC.matcher(before).find()) {
      return OTHER;
    }
    String line = whole.substring(lineBreak + 1).strip();
    if (CHANGED.matcher(line).matches() || CHANGED_ABROAD.matcher(line).matches()) {
      return NEW;
    }
    if (FIRST_FACTOR.matcher(line).matches()) {
      return CURRENT;
    }
    Matcher present = PRESENT.matcher(line);
    if (!present.matches()) {
      return OTHER;
    }
    boolean ours = IntStream.rangeClosed(1, 3).allMatch(i -> isOf(user, present.group(i)));
    return ours ? CURRENT : OTHER;
  }

  /**
   * Whether the named owner, {@code alice@bastion} or {@code CORP\alice}, is the user, who may have
   * a domain or a target too: {@code alice@db}.
   */
  private static boolean isOf(String user, @Nullable String owner) {
    if (owner == null) {
      return true;
    }
    String name = owner.substring(owner.lastIndexOf('\\') + 1).replaceFirst("@.*", "");
    return Stream.of(user.split("[@\\\\:%+/]")).anyMatch(name::equalsIgnoreCase);
  }

  private static Pattern pattern(String expression) {
    return Pattern.compile(
        expression + "\\s*[:：?>]?", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
