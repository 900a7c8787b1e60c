package dev.postern.core.socks;

import java.nio.ByteBuffer;

/** What follows from what a client said. */
public sealed interface SocksStep {
  /**
   * It goes on.
   *
   * @param answer to send first, maybe empty
   */
  record More(ByteBuffer answer) implements SocksStep {}

  /**
   * It wants to be connected. The name is as it came, unresolved.
   *
   * @param host a name or an address, an IPv6 address without brackets
   * @param port 1 to 65535
   */
  record Connect(String host, int port) implements SocksStep {}

  /**
   * It gets nothing.
   *
   * @param answer the last words to it, maybe empty
   * @param reason in words, with nothing of the client's in it
   */
  record Refused(ByteBuffer answer, String reason) implements SocksStep {}
}
