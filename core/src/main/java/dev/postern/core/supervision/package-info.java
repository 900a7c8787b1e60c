/**
 * Supervision: a route whose circuit is opened anew when it is lost, and forwards that outlive
 * circuits. It asks for circuits, listeners and time through interfaces, so that a test can drive
 * it.
 */
@NullMarked
package dev.postern.core.supervision;

import org.jspecify.annotations.NullMarked;
