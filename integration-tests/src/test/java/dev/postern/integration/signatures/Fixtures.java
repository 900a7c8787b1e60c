package dev.postern.integration.signatures;

import dev.postern.api.config.Default;
import java.io.IOException;
import java.util.List;

/** The same types before and after changes of all kinds. */
public final class Fixtures {
  private Fixtures() {}

  /** The older one. */
  public static final class Before {
    public interface Spi<T extends Comparable<T>> {
      T serve(List<? super T> from, String... more) throws IOException;

      default void close() {}
    }

    public record Settings(String name, @Default("1") int count) {}

    public enum Kind {
      ONE
    }

    public sealed interface Reply permits Yes {}

    public record Yes() implements Reply {}

    public static class Base {
      protected Base() {}

      protected static int count;

      void hidden() {}
    }
  }

  /** The newer one. */
  public static final class After {
    public interface Spi<T extends Comparable<T>> {
      T serve(List<? super T> from, String... more) throws IOException;

      default void close() {}

      void again();

      default void also() {}
    }

    public record Settings(String name, @Default("2") int count) {}

    public enum Kind {
      ONE,
      TWO
    }

    public sealed interface Reply permits Yes, No {}

    public record Yes() implements Reply {}

    public record No() implements Reply {}

    public static final class Base {}
  }
}
