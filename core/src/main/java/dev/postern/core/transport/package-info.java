/** The transport that core brings. */
@NullMarked
package dev.postern.core.transport;

import org.jspecify.annotations.NullMarked;
