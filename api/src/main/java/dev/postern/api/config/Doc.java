package dev.postern.api.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * What a key of a configuration record means, in one sentence for the person who writes the file.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
@API(status = API.Status.STABLE, since = "1.0")
public @interface Doc {
  /** The sentence. */
  String value();

  /**
   * A value as it would be written in HOCON; for a component whose type says enough, such as a
   * duration, it can be left out.
   */
  String example() default "";
}
