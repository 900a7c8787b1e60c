package com.example.postern.connector.playground;

/** A request that is answered with an error. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  RefusedException(Reply reply) {
    super(reply.body());
    this.reply = reply;
  }

  RefusedException(String text) {
    this(Reply.error(400, text));
  }

  Reply reply() {
    return reply;
  }
}
