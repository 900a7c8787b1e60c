package dev.postern.core.plugin;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.hop.HopContext;

/** Providers, good and bad, for a services file to name. */
final class TestProviders {
  private TestProviders() {}

  record Nothing() {}

  abstract static class Named implements AuthStrategyProvider<Nothing> {
    private final String type;

    Named(String type) {
      this.type = type;
    }

    @Override
    public String type() {
      return type;
    }

    @Override
    public Class<Nothing> configType() {
      return Nothing.class;
    }

    @Override
    public AuthStrategy create(Nothing config, HopContext hop) {
      throw new UnsupportedOperationException();
    }
  }

  public static final class Password extends Named {
    public Password() {
      super("password");
    }
  }

  public static final class OtherPassword extends Named {
    public OtherPassword() {
      super("password");
    }
  }

  public static final class Publickey extends Named {
    public Publickey() {
      super("publickey");
    }
  }

  public static final class ThrowsWhenMade extends Named {
    public ThrowsWhenMade() {
      super("thrower");
      throw new IllegalStateException("no licence");
    }
  }

  public static final class MissesALibrary extends Named {
    public MissesALibrary() {
      super("linker");
      throw new NoClassDefFoundError("vault/Client");
    }
  }

  public static final class ThrowsWhenAsked extends Named {
    public ThrowsWhenAsked() {
      super("asked");
    }

    @Override
    public String type() {
      throw new NoSuchMethodError("dev.postern.api.Gone");
    }
  }

  public static final class BadName extends Named {
    public BadName() {
      super("Bad Name");
    }
  }

  /** No provider at all. */
  public static final class Stranger {}
}
