package dev.postern.core.sshd;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.circuit.Phase;
import dev.postern.core.auth.AuthEngine;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
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
      } catch (MisconfiguredException e) {
        throw new HopFailure(
            Code.AUTH_STRATEGY_MISCONFIGURED,
            Phase.AUTH,
            "a key cannot be used: " + Sanitiser.line(String.valueOf(e.getMessage())),
            e);
      } catch (RuntimeException | LinkageError e) {
        throw new HopFailure(
            Code.AUTH_STRATEGY_BROKEN,
            Phase.AUTH,
            "a key's signer is broken: it failed with " + Sanitiser.line(e.toString()),
            e);
      }
    }
  }
}
