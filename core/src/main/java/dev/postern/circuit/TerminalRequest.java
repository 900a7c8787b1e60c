package dev.postern.circuit;

/**
 * The terminal that a shell wants (RFC 4254 section 6.2).
 *
 * @param type the value of {@code TERM}
 * @param columns its width in characters
 * @param rows its height in characters
 */
public record TerminalRequest(String type, int columns, int rows) {}
