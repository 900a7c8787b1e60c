/** Which targets a command runs on, and in which form their outputs are shown. */
@NullMarked
package dev.postern.cli.run;

import org.jspecify.annotations.NullMarked;
