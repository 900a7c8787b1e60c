/** Secret values, and the plugins that supply them. */
@NullMarked
package dev.postern.api.secret;

import org.jspecify.annotations.NullMarked;
