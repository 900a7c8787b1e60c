package dev.postern.core.sshd;

import dev.postern.core.auth.AuthEngine;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.hop.HopFailure;
import java.io.IOException;

/** Sends moves; a signature that cannot be made is the engine's to take up. */
final class AuthMoves {
  private AuthMoves() {}

  static void send(ClientMove first, AuthEngine engine, PlanAuthService service, Runnable signedIn)
      throws HopFailure, InterruptedException, IOException {
    ClientMove move = first;
    while (true) {
      if (move instanceof ClientMove.SignedIn) {
        service.finish();
        signedIn.run();
        return;
      }
      try {
        service.send(move);
        return;
      } catch (IOException e) {
        if (!(move instanceof ClientMove.SignWithKey)) {
          throw e;
        }
        move = engine.signingFailed(e);
      } catch (RuntimeException | LinkageError e) {
        if (!isAboutAKey(move)) {
          throw e;
        }
        throw engine.signerFailed(e);
      }
    }
  }

  private static boolean isAboutAKey(ClientMove move) {
    return move instanceof ClientMove.ProbeKey || move instanceof ClientMove.SignWithKey;
  }
}
