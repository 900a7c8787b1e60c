/** Key encapsulations that a quantum computer is not known to break. */
@NullMarked
package dev.postern.postquantum;

import org.jspecify.annotations.NullMarked;
