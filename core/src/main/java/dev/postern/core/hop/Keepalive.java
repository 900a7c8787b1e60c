package dev.postern.core.hop;

import java.time.Duration;

/**
 * When a silent link is dead.
 *
 * @param interval of silence after which the server is asked for a sign of life; zero never asks
 * @param count of unanswered questions after which the link is closed
 */
public record Keepalive(Duration interval, int count) {}
