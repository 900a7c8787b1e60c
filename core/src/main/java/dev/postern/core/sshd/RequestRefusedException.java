package dev.postern.core.sshd;

import java.io.IOException;

/** The server answered a channel request with a failure, which carries no text. */
final class RequestRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String request;

  RequestRefusedException(String request) {
    super("the server refused the request " + request);
    this.request = request;
  }

  /** The request's name: {@code pty-req}. */
  String request() {
    return request;
  }
}
