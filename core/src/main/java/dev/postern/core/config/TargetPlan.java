package dev.postern.core.config;

/**
 * How a target is reached.
 *
 * @param plan its hops, without forwards
 * @param ownAuthority whether it decides for itself on secrets, and not one place for its group
 */
public record TargetPlan(RoutePlan plan, boolean ownAuthority) {}
