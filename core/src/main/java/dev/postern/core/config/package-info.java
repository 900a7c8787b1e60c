/** HOCON to route plans: reading, binding records, every error with its origin. */
@NullMarked
package dev.postern.core.config;

import org.jspecify.annotations.NullMarked;
