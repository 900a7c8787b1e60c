package dev.postern.transport.jump;

import dev.postern.api.config.Doc;

/** Nothing to set. */
@Doc("Reaches the hop through the one before it, without a local socket; has no settings.")
public record JumpConfig() {}
