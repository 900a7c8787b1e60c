package dev.postern.transport.jump;

/** Nothing to set. */
public record JumpConfig() {}
