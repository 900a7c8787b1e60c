package com.example.postern.vault;

import dev.postern.api.config.MisconfiguredException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trusts the authorities in a PEM file, and no others. */
final class TrustedAuthority {
  private TrustedAuthority() {}

  /**
   * Reads the file.
   *
   * @throws MisconfiguredException if there is no certificate in it
   */
  static SSLContext in(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      Collection<? extends Certificate> authorities =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (authorities.isEmpty()) {
        throw new MisconfiguredException("the ca-file '" + file + "' has no certificate in it");
      }
      return trusting(authorities);
    } catch (NoSuchFileException e) {
      throw new MisconfiguredException("the ca-file '" + file + "' is not there", e);
    } catch (IOException e) {
      throw new MisconfiguredException("the ca-file '" + file + "' cannot be read: " + e, e);
    } catch (GeneralSecurityException e) {
      throw new MisconfiguredException(
          "the ca-file '%s' is no PEM file with certificates: %s"
              .formatted(file, Plain.line(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private static SSLContext trusting(Collection<? extends Certificate> authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int count = 0;
    for (Certificate authority : authorities) {
      store.setCertificateEntry("authority-" + count++, authority);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
