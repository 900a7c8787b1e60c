package dev.postern.core.circuit;

import dev.postern.api.hop.HopContext;
import dev.postern.core.auth.AuthEngine;
import dev.postern.core.config.HopPlan;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.core.hostkey.HostKeyVerifier;
import dev.postern.core.memory.HostMemory;

/** Makes what one opening of one hop works with. */
public interface HopServices {
  /** What the transport sees of the hop. */
  HopContext transportContext(TrailRecorder trail);

  /** Signs in by the hop's plan. */
  AuthEngine engine(HopPlan plan, TrailRecorder trail) throws HopFailure;

  /** Decides on the hop's key. */
  HostKeyVerifier verifier(HopPlan plan);

  /** What is remembered of the hop's server. */
  HostMemory memory(HopPlan plan);
}
