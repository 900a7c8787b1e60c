package dev.postern.sftp;

import static java.util.Objects.requireNonNull;

import dev.postern.problem.Code;
import java.io.IOException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A file could not be read, written or changed. The message is one sentence for a person, with the
 * code. It carries no text of a server that was not sanitised.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public final class SftpException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final String sentence;

  /** A failure with its sentence, which comes without the code. */
  public SftpException(Code code, String sentence, @Nullable Throwable cause) {
    super(sentence + " [" + code + "]", cause);
    this.code = requireNonNull(code, "code is null");
    this.sentence = sentence;
  }

  /** A failure without a cause. */
  public SftpException(Code code, String sentence) {
    this(code, sentence, null);
  }

  /** The stable code. */
  public Code code() {
    return code;
  }

  /** The message without the code. */
  public String sentence() {
    return sentence;
  }

  /** Whether it is the whole session that failed, and nothing more can be done with it. */
  public boolean endsSession() {
    return switch (code) {
      case LINK_LOST, CLOSED, SFTP_BROKEN_RULES, SFTP_SILENT, SFTP_ENDED -> true;
      default -> false;
    };
  }
}
