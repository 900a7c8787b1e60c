/** What an application is told of while circuits live. */
@NullMarked
package dev.postern.event;

import org.jspecify.annotations.NullMarked;
