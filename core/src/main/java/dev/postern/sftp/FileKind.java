package dev.postern.sftp;

import org.apiguardian.api.API;

/** What a name stands for. */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public enum FileKind {
  /** A regular file. */
  FILE,
  /** A folder. */
  FOLDER,
  /** A symbolic link that was not followed. */
  LINK,
  /** A device, a pipe, a socket, or what a server does not tell. */
  OTHER
}
