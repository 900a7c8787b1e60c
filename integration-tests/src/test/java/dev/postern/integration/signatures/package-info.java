/** The public signatures of api and testkit as text, and what a change of them means. */
@NullMarked
package dev.postern.integration.signatures;

import org.jspecify.annotations.NullMarked;
