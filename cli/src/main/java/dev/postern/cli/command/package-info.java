/** What commands have in common: how they begin, report and end. */
@NullMarked
package dev.postern.cli.command;

import org.jspecify.annotations.NullMarked;
