package com.example.postern.vault;

import dev.postern.api.secret.SecretException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What it means that no reply came, and what to do. */
final class ApiFailure {
  private ApiFailure() {}

  static SecretException tooSlow(Signing signing, Duration limit) {
    return new SecretException(
        "%s did not reply in %d seconds; is the API well?"
            .formatted(signing.url(), limit.toSeconds()));
  }

  static SecretException of(Signing signing, Throwable failure) {
    return new SecretException(
        "%s cannot be asked: %s".formatted(signing.url(), reason(signing, failure)), failure);
  }

  private static String reason(Signing signing, Throwable failure) {
    Optional<SSLException> tls = causeOf(failure, SSLException.class);
    if (tls.isPresent()) {
      return "its TLS certificate is not trusted or TLS failed (%s); %s"
          .formatted(
              words(tls.get()),
              signing.caFile().isPresent()
                  ? "are ca-file and the name in address the right ones?"
                  : "name a file with its authority in ca-file");
    }
    if (causeOf(failure, UnresolvedAddressException.class).isPresent()) {
      return "the name %s is not known; look at address".formatted(signing.url().uri().getHost());
    }
    if (failure instanceof HttpConnectTimeoutException) {
      return "nothing answers there; look at address, and at what stands between";
    }
    if (causeOf(failure, ConnectException.class).isPresent()) {
      return "the connection was refused; is the API running there? Look at address";
    }
    return words(failure);
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    return Plain.line(message == null ? failure.getClass().getSimpleName() : message);
  }

  private static <T extends Throwable> Optional<T> causeOf(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
    }
    return Optional.empty();
  }
}
