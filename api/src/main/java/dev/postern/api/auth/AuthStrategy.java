package dev.postern.api.auth;

import dev.postern.api.secret.SecretException;
import java.util.Set;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Serves what a server asks, for one opening of one hop. Override only what you serve, and name it
 * in {@link #methods}.
 *
 * <p>The engine calls one strategy from one thread at a time, off the I/O threads, and only after
 * the hop's host key is verified: a strategy may block on a person or a vault. {@link Reply#pass}
 * means <em>not mine</em>. An exception means <em>broken</em>: the hop stops and no other strategy
 * is tried in its place.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface AuthStrategy extends AutoCloseable {
  /**
   * The methods that this strategy has something to say to. Never empty; the same at every call.
   */
  Set<AuthMethod> methods();

  /**
   * The identities to sign in with, in order. Consumed lazily, so that a later key is not read when
   * an earlier one is accepted. The engine closes the stream.
   *
   * @throws dev.postern.api.config.MisconfiguredException if an identity that was named cannot be
   *     used
   * @throws SecretException if a passphrase cannot be had
   * @throws InterruptedException if the opening was cancelled
   */
  default Stream<Identity> identities() throws SecretException, InterruptedException {
    return Stream.empty();
  }

  /**
   * Answers a password request (RFC 4252 section 8), or a request for a new password.
   *
   * @throws SecretException if the password cannot be had
   * @throws InterruptedException if the opening was cancelled
   */
  default Reply password(PasswordRequest request) throws SecretException, InterruptedException {
    return Reply.pass();
  }

  /**
   * Whether {@link #password} answers the first request for the present password at once and by
   * itself: nobody is asked, nothing is run, nothing is fetched. Where it is known that a server
   * takes a password first, such a one goes out with the first request, which saves a round trip;
   * any other waits until the server has said what it offers. False unless said.
   */
  default boolean hasPasswordAtHand() {
    return false;
  }

  /**
   * Answers one prompt of a keyboard-interactive round (RFC 4256). Answer only what you recognise.
   *
   * @throws SecretException if the answer cannot be had
   * @throws InterruptedException if the opening was cancelled
   */
  default Reply prompt(Prompt prompt) throws SecretException, InterruptedException {
    return Reply.pass();
  }

  /** Releases what the strategy holds. Called once, whatever happened. */
  @Override
  default void close() {}
}
