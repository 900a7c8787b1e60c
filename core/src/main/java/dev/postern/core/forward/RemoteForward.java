package dev.postern.core.forward;

import dev.postern.route.ForwardSpec;

/**
 * A forward whose listener is at the far end. It lives as long as the session that asked for it.
 */
final class RemoteForward extends ServedForward {
  private final FarListener listener;

  RemoteForward(ForwardSpec spec, FarListener listener, Clients clients) {
    super(spec, listener.address(), clients);
    this.listener = listener;
  }

  @Override
  void stopListening() {
    listener.close();
  }
}
