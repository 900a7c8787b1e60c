package dev.postern.auth.totp;

import java.util.regex.Pattern;

/**
 * Tells prompts that want the code of an authenticator from all others. A menu takes a code among
 * other things, a code that comes by mail is another one, and what wants a password or a PIN with
 * the code wants more than the code: those are for a rule.
 */
final class CodePrompt {
  private static final String SECOND =
      "(?:verification|authentication|authenticator|mfa|2fa|2-factor|two[- ]factor|second[- ]factor|multi[- ]?factor|two[- ]step|2-step|token|otp|totp|oath|duo|one[- ]time|single[- ]use|rsa|securid|forti ?token)";

  /** Words for a code of an authenticator, whatever stands around them. */
  private static final Pattern CODE =
      pattern(
          "\\b" + SECOND + "[ -]{0,3}(?:pass[ -]?code|code|password)s?\\b",
          "\\b(?:security|access|login|sign-?in) (?:pass[ -]?code|code)\\b",
          "\\bone[- ]time[- ](?:pin|token|verification|access|security|pass)\\b",
          "\\b(?:otp|totp|tokencode|pass ?code)\\b",
          "\\b(?:2fa|mfa)\\s*(?:$|[:?>])",
          "\\b(?:token|otp) value\\b",
          "\\bsecond factor\\b",
          "\\bauthenticator(?: app)?\\s*(?:$|[:?>])",
          "\\b(?:[678]|six|seven|eight)[- ]?digits?\\b(?!.{0,40}\\b(?:pin|number)\\b)",
          "\\b(?:bestätigungs|verifizierungs|sicherheits|prüf|einmal)code\\b",
          "\\b(?:einmalpasswort|einmalkennwort|verificatiecode|verificatie code|eenmalig wachtwoord)\\b",
          "\\bcode (?:de|d')\\s?(?:vérification|sécurité|authentification|validation)",
          "\\bmot de passe à usage unique",
          "\\bcódigo de (?:verificación|verificação|seguridad|segurança|autenticación|autenticação)",
          "\\bcontraseña de un solo uso|\\bsenha (?:de uso único|descartável)",
          "\\bcodice di (?:verifica|sicurezza|autenticazione)",
          "код подтверждения|проверочный код|одноразовый (?:пароль|код)",
          "验证码|驗證碼|动态密码|動態密碼|动态口令|一次性密码|確認コード|認証コード|検証コード|ワンタイムパスワード|인증 ?코드|인증 ?번호|일회용 비밀번호");

  /** Nothing but the asking for a code, without a word for its kind. */
  private static final Pattern BARE =
      pattern(
          "(?:\\([^()]{1,200}\\)\\s*)?"
              + "(?:(?:please|enter|type|input|your|the|a|current|new|next)\\s+){0,4}(?:code|token|código|codice|kod|код)"
              + "(?: (?:for|of|from|in|on|shown|displayed|generated) .{1,200})?\\s*[:：?>]?");

  /** A question for something else, or for more than the code. */
  private static final Pattern OTHER =
      pattern(
          "\\boptions?\\b|\\bselect\\b|\\bchoose\\b|\\(\\d ?- ?\\d\\)",
          "\\bsen[dt]\\b|\\(?\\by(?:es)?/no?\\b",
          "\\byubi ?key\\b",
          "(?<!\\bone[- ]time[- ])\\bpin\\b",
          "(?<!\\bor )(?<!\\bor a )\\b(?:backup|recovery|scratch|reset|emergency)\\b",
          "\\bsms\\b|\\btext message\\b|\\be-?mail",
          "(?<!\\b(?:one|single)[- ](?:time|use)[- ])(?<!\\b(?:otp|totp|token|verification) )\\bpassword\\b");

  /** A menu, or a code that comes another way, told above the question. */
  private static final Pattern ELSEWHERE =
      pattern(
          "\\bfollowing options\\b",
          "\\b(?:sms|text message|e-?mail)\\b.{0,60}\\bcode\\b|\\bcode\\b.{0,60}\\b(?:sms|text message|e-?mail)\\b",
          "\\b(?:sent|send|texted|e-?mailed)\\b.{0,60}\\b(?:sms|text|code|e-?mail|phone|mobile)\\b");

  private CodePrompt() {}

  /**
   * Whether a code of the authenticator is asked for.
   *
   * @param asked the prompt
   * @param around what the round says besides
   */
  static boolean isRecognised(String asked, String around) {
    String text = asked.replace('\u00a0', ' ').replace('\u202f', ' ');
    String question = question(text);
    if (OTHER.matcher(question).find()
        || ELSEWHERE.matcher(text).find()
        || ELSEWHERE.matcher(around).find()) {
      return false;
    }
    return CODE.matcher(question).find() || BARE.matcher(question).matches();
  }

  /** The last line with a word in it; what stands before it explains. */
  private static String question(String text) {
    String[] lines = text.split("\n");
    for (int i = lines.length - 1; i >= 0; i--) {
      if (lines[i].codePoints().anyMatch(Character::isLetterOrDigit)) {
        return lines[i].strip();
      }
    }
    return "";
  }

  private static Pattern pattern(String... alternatives) {
    return Pattern.compile(
        String.join("|", alternatives), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
