package dev.postern.core.hostkey;

import dev.postern.core.hop.StrictHostKeys;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process of its own that meets twenty new hosts with one key. */
final class AddingProcess {
  private AddingProcess() {}

  /** Takes the file that has the key; known_hosts is beside it. */
  public static void main(String[] arguments) throws Exception {
    Path blob = Path.of(arguments[0]);
    ServerKey key = new ServerKey("ssh-ed25519", Files.readAllBytes(blob));
    Rig rig = new Rig(blob.toAbsolutePath().getParent()).strict(StrictHostKeys.ACCEPT_NEW);
    int trusted = 0;
    for (int i = 0; i < 20; i++) {
      String text = rig.at("host" + i, 22).verify(key);
      trusted += text.contains(" added (") || text.contains(" known") ? 1 : 0;
    }
    System.out.println(trusted + " of 20");
  }
}
