/**
 * How a plugin's configuration record says what its components alone cannot: defaults and meanings.
 */
@NullMarked
package dev.postern.api.config;

import org.jspecify.annotations.NullMarked;
