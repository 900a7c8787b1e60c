package dev.postern.core.sshd;

import dev.postern.postquantum.Encapsulation;
import dev.postern.postquantum.MlKem;
import dev.postern.postquantum.Sntrup761;
import java.security.SecureRandom;
import java.util.Objects;
import org.apache.sshd.common.kex.KeyEncapsulationMethod;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a key encapsulation. ML-KEM is the JDK's from 24 on; all else is {@code
 * postern-post-quantum}'s, and not there without it.
 */
enum ClientEncapsulation implements KeyEncapsulationMethod {
  MLKEM768,
  MLKEM1024,
  SNTRUP761;

  private static final String MODULE = "dev.postern.postquantum.Encapsulation";

  boolean isSupported() {
    return (this != SNTRUP761 && JdkMlKem.isThere()) || isModuleThere();
  }

  private static boolean isModuleThere() {
    try {
      Class.forName(MODULE, false, ClientEncapsulation.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public Client getClient() {
    return switch (this) {
      case MLKEM768 -> JdkMlKem.isThere() ? new JdkMlKem("ML-KEM-768", 1184, 1088) : new Ours();
      case MLKEM1024 -> JdkMlKem.isThere() ? new JdkMlKem("ML-KEM-1024", 1568, 1568) : new Ours();
      case SNTRUP761 -> new Ours();
    };
  }

  @Override
  public Server getServer() {
    throw new UnsupportedOperationException("we are a client");
  }

  /** The same for one exchange, with its keys made now. */
  KeyEncapsulationMethod begun() {
    Client client = getClient();
    client.init();
    return new Begun(client);
  }

  private record Begun(Client client) implements KeyEncapsulationMethod {
    @Override
    public Client getClient() {
      return client;
    }

    @Override
    public Server getServer() {
      throw new UnsupportedOperationException("we are a client");
    }
  }

  private final class Ours implements Client {
    private @Nullable Encapsulation made;

    /** Once: keys that are there stay. */
    @Override
    public void init() {
      if (made != null) {
        return;
      }
      SecureRandom random = new SecureRandom();
      made =
          switch (ClientEncapsulation.this) {
            case MLKEM768 -> MlKem.generate768(random);
            case MLKEM1024 -> MlKem.generate1024(random);
            case SNTRUP761 -> Sntrup761.generate(random);
          };
    }

    private Encapsulation made() {
      return Objects.requireNonNull(made, "init was not called");
    }

    @Override
    public byte[] getPublicKey() {
      return made().publicKey();
    }

    @Override
    public byte[] extractSecret(byte[] encapsulated) {
      return made().secret(encapsulated);
    }

    @Override
    public int getEncapsulationLength() {
      return made().length();
    }
  }
}
