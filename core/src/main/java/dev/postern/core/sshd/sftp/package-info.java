/** SFTP over a channel: MINA's messages, on a wire of our own that bounds what a server may do. */
@NullMarked
package dev.postern.core.sshd.sftp;

import org.jspecify.annotations.NullMarked;
