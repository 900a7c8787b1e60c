package dev.postern.core.sshd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.Provider;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;
import org.junit.jupiter.api.Test;

/** MINA's providers belong to the whole process, and the process to the application. */
final class SharedProcessTest {
  @Test
  void noProviderOfTheApplicationIsDisabled() throws Exception {
    assertThat(inAProcessOfItsOwn(Disabled.class)).isEqualTo("[] SunEC true");
  }

  @Test
  void whereTheApplicationHasEd25519WeAddNothing() throws Exception {
    assertThat(inAProcessOfItsOwn(HasItsOwn.class)).isEqualTo("SunEC false");
  }

  /** Statics of its own, at least: each class is loaded anew. */
  private static Object inAProcessOfItsOwn(Class<? extends Callable<String>> check)
      throws Exception {
    URL[] path =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(SharedProcessTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      Callable<?> anew =
          (Callable<?>) loader.loadClass(check.getName()).getDeclaredConstructor().newInstance();
      Thread.currentThread().setContextClassLoader(loader);
      return anew.call();
    } finally {
      Thread.currentThread().setContextClassLoader(SharedProcessTest.class.getClassLoader());
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Run in the other loader. */
  public static final class Disabled implements Callable<String> {
    @Override
    public String call() {
      SharedClient.started().close(true);
      return "%s SunEC %s"
          .formatted(
              SecurityUtils.getAPrioriDisabledProviders(),
              SecurityUtils.isProviderRegistered("SunEC"));
    }
  }

  /** Run in the other loader, where something like Bouncy Castle was there first. */
  public static final class HasItsOwn implements Callable<String> {
    @Override
    public String call() {
      SecurityUtils.registerSecurityProvider(new Application());
      SharedClient.started().close(true);
      return "SunEC " + SecurityUtils.isProviderRegistered("SunEC");
    }
  }

  private static final class Application extends AbstractSecurityProviderRegistrar {
    Application() {
      super("Application");
    }

    @Override
    public boolean isSupported() {
      return true;
    }

    @Override
    public String getDefaultSecurityEntitySupportValue(Class<?> type) {
      return "";
    }

    @Override
    public Provider getSecurityProvider() {
      return new Provider("Application", "1", "the application's own") {};
    }

    @Override
    public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
      return Optional.of(new JdkEd25519Support());
    }
  }
}
