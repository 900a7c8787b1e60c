package dev.postern.core.socks;

/** Why a client gets no connection, with the codes of RFC 1928 section 6. */
public enum SocksFailure {
  GENERAL(1),
  NOT_ALLOWED(2),
  NETWORK_UNREACHABLE(3),
  HOST_UNREACHABLE(4),
  REFUSED(5),
  COMMAND_UNKNOWN(7),
  ADDRESS_TYPE_UNKNOWN(8);

  private final int code;

  SocksFailure(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
