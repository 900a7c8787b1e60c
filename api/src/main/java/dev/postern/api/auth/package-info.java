/** What a server may ask of us, and the strategies that answer. */
@NullMarked
package dev.postern.api.auth;

import org.jspecify.annotations.NullMarked;
