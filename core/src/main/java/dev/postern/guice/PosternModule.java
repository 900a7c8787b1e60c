package dev.postern.guice;

import static java.util.Objects.requireNonNull;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import dev.postern.Postern;
import java.nio.file.Path;
import org.apiguardian.api.API;

/**
 * Lets an application on Guice inject {@link Postern}. The instance is made when it is first
 * injected; the application closes it. Nobody else has to know that Postern is wired with Guice.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public final class PosternModule extends AbstractModule {
  private final Postern.Builder builder;

  /** Binds an instance that is made by this builder. */
  public PosternModule(Postern.Builder builder) {
    this.builder = requireNonNull(builder, "builder is null");
  }

  /** Binds an instance with this configuration. */
  public PosternModule(Path configuration) {
    this(Postern.builder().configuration(configuration));
  }

  @Override
  protected void configure() {
    bind(Postern.class).toProvider(builder::build).in(Scopes.SINGLETON);
  }
}
