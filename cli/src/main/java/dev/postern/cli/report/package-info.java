/** What is printed: JSON, tables, exit codes, texts made fit for a terminal. */
@NullMarked
package dev.postern.cli.report;

import org.jspecify.annotations.NullMarked;
