/**
 * Files at the end of a circuit: SFTP, version 3 (draft-ietf-secsh-filexfer-02), as OpenSSH speaks
 * it.
 */
@NullMarked
package dev.postern.sftp;

import org.jspecify.annotations.NullMarked;
