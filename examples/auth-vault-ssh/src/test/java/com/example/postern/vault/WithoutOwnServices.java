package com.example.postern.vault;

import dev.postern.Postern;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * The class path without the plugin that is being built: what core brings is found there, and the
 * plugin only where it was put.
 */
final class WithoutOwnServices extends ClassLoader {
  private static final String OWN =
      VaultSshProvider.class.getProtectionDomain().getCodeSource().getLocation().toString();

  WithoutOwnServices() {
    super(Postern.class.getClassLoader());
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> found = Collections.list(super.getResources(name));
    return Collections.enumeration(
        found.stream().filter(url -> !url.toString().contains(OWN)).toList());
  }
}
