/** What is looked at before a file is trusted. */
@NullMarked
package dev.postern.core.file;

import org.jspecify.annotations.NullMarked;
