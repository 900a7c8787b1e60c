package dev.postern.core.plugin;

/**
 * What plugins see of the host: the JDK, the API and SLF4J. Everything else they bring themselves,
 * so two plugins can bring two versions of it.
 */
final class SharedApi extends ClassLoader {
  private static final String API = "dev.postern.api.";
  private static final String LOGGING = "org.slf4j.";

  private final ClassLoader host;

  SharedApi(ClassLoader host) {
    // The platform's and not the system's: that one would show the host's libraries.
    super("postern-api", ClassLoader.getPlatformClassLoader());
    this.host = host;
  }

  static boolean shares(String className) {
    return className.startsWith(API) || className.startsWith(LOGGING);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (shares(name)) {
      return host.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }
}
