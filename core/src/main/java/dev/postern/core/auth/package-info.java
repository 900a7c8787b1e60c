/**
 * The auth engine: a state machine between what a server says and what a plan's strategies answer.
 */
@NullMarked
package dev.postern.core.auth;

import org.jspecify.annotations.NullMarked;
