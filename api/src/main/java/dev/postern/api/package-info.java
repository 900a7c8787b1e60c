/** The level of the API that plugins are made for. */
@NullMarked
package dev.postern.api;

import org.jspecify.annotations.NullMarked;
