package dev.postern.auth.totp;

import java.util.regex.Pattern;

/**
 * Tells prompts that want the code of an authenticator from all others. A menu takes a code among
 * other things, and a code that comes by mail is another one: those are for a rule.
 */
final class CodePrompt {
  private static final String SECOND =
      "(?:verification|authentication|authenticator|mfa|2fa|2-factor|two[- ]factor|second[- ]factor|multi[- ]?factor|two[- ]step|2-step|token|otp|totp|oath|duo|one[- ]time|single[- ]use)";

  /** Words for a code of an authenticator, whatever stands around them. */
  private static final Pattern CODE =
      pattern(
          "\\b" + SECOND + "[ -]{0,3}(?:pass[ -]?code|code|password)s?\\b",
          "\\b(?:security|access|login|sign-?in) (?:pass[ -]?code|code)\\b",
          "\\bone[- ]time[- ](?:pin|token|verification|access|security|pass)\\b",
          "\\b(?:otp|totp|tokencode|pass ?code)\\b",
          "\\b(?:2fa|mfa)\\s*(?:$|[:?>])",
          "\\bauthenticator(?: app)?\\s*(?:$|[:?>])",
          "\\b(?:[678]|six|seven|eight)[- ]?digits?\\b(?!.{0,40}\\b(?:pin|number)\\b)",
          "\\b(?:bestätigungscode|sicherheitscode|einmalpasswort|einmalkennwort|verificatiecode)\\b",
          "\\bcode de (?:vérification|sécurité)",
          "\\bcódigo de (?:verificación|verificação|seguridad|segurança)",
          "\\bcodice di (?:verifica|sicurezza)",
          "验证码|驗證碼|动态密码|動態密碼|確認コード|認証コード|인증 ?코드");

  /** Nothing but the asking for a code, without a word for its kind. */
  private static final Pattern BARE =
      pattern(
          "(?:\\([^()]{1,200}\\)\\s*)?"
              + "(?:(?:please|enter|type|your|the|a|current|new|next)\\s+){0,4}(?:code|token)"
              + "(?: (?:for|of|from|in|on|shown|displayed|generated) .{1,200})?\\s*[:：?>]?");

  /** A question for something else, or for more than the code. */
  private static final Pattern OTHER =
      pattern(
          "\\boptions?\\b|\\bselect\\b|\\bchoose\\b|\\(\\d ?- ?\\d\\)",
          "\\bsen[dt]\\b|\\(?\\by(?:es)?/no?\\b",
          "(?<!\\bor )(?<!\\bor a )\\b(?:backup|recovery|scratch|reset|emergency)\\b",
          "(?<!\\b(?:one|single)[- ](?:time|use)[- ])(?<!\\b(?:otp|totp|token|verification) )\\bpassword\\b");

  /** What makes a menu or another code of it, wherever it stands. */
  private static final Pattern ELSEWHERE =
      pattern("\\bfollowing options\\b", "\\bsms\\b", "\\btext message\\b", "\\be-?mail");

  private CodePrompt() {}

  static boolean isRecognised(String text) {
    String question = question(text);
    if (OTHER.matcher(question).find() || ELSEWHERE.matcher(text).find()) {
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
