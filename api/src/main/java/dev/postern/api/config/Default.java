package dev.postern.api.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * The value of a configuration record's component when the configuration leaves its key out, in
 * HOCON ({@code "15s"}, {@code "[]"}, {@code "true"}).
 *
 * <p>A component without a default is required, unless its type is {@link java.util.Optional}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@API(status = API.Status.STABLE, since = "1.0")
public @interface Default {
  /** The value, in HOCON. */
  String value();
}
