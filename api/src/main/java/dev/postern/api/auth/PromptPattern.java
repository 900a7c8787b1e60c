package dev.postern.api.auth;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apiguardian.api.API;

/**
 * Recognises a prompt: written as it reads, or as a regular expression. It matches a text that
 * contains it literally, and a text in which the expression is found ({@link
 * java.util.regex.Matcher#find}; write {@code ^} and {@code $} to bind it to the ends).
 *
 * <p>The search is bounded: a server's text cannot make it run for long. A component of this type
 * is written in HOCON as a string.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class PromptPattern {
  /**
   * Steps of the matcher; far beyond any sane pattern on any sane prompt, reached in some
   * milliseconds by a runaway one.
   */
  private static final int STEP_LIMIT = 2_000_000;

  private final String source;
  private final Optional<Pattern> expression;

  private PromptPattern(String source, Optional<Pattern> expression) {
    this.source = source;
    this.expression = expression;
  }

  /** The pattern of that source; one that is no valid expression matches literally only. */
  public static PromptPattern of(String source) {
    requireNonNull(source, "source is null");
    if (source.isEmpty()) {
      throw new IllegalArgumentException("the pattern is empty: it would match every prompt");
    }
    try {
      return new PromptPattern(source, Optional.of(Pattern.compile(source)));
    } catch (PatternSyntaxException e) {
      return new PromptPattern(source, Optional.empty());
    }
  }

  /**
   * Whether the text is recognised.
   *
   * @throws RunawayPatternException if the expression takes too many steps on this text
   */
  public boolean matches(String text) {
    if (text.contains(source)) {
      return true;
    }
    if (expression.isEmpty()) {
      return false;
    }
    try {
      return expression.get().matcher(new BoundedText(text, new int[] {STEP_LIMIT})).find();
    } catch (StackOverflowError e) {
      throw new RunawayPatternException(source);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PromptPattern pattern && pattern.source.equals(source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return source;
  }

  /** A pattern took too many steps on a prompt: it was written so that its time explodes. */
  public static final class RunawayPatternException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunawayPatternException(String source) {
      super("the pattern \"" + source + "\" takes too long on the server's prompt; simplify it");
    }
  }

  /** Counts the matcher's reads, which grow with its steps, and stops it when they are used up. */
  private final class BoundedText implements CharSequence {
    private final CharSequence text;
    private final int[] stepsLeft;

    BoundedText(CharSequence text, int[] stepsLeft) {
      this.text = text;
      this.stepsLeft = stepsLeft;
    }

    @Override
    public char charAt(int index) {
      if (stepsLeft[0]-- <= 0) {
        throw new RunawayPatternException(source);
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new BoundedText(text.subSequence(start, end), stepsLeft);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
