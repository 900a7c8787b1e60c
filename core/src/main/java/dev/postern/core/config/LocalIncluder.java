package dev.postern.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.net.URL;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Includes what is on this machine, and refuses everything else. */
final class LocalIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private static final Pattern URL_LIKE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  private final @Nullable ConfigIncluder usual;

  LocalIncluder() {
    this(null);
  }

  private LocalIncluder(@Nullable ConfigIncluder usual) {
    this.usual = usual;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return new LocalIncluder(fallback);
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    if (URL_LIKE.matcher(what).matches()) {
      throw new RemoteIncludeException(what);
    }
    if (usual == null) {
      throw new IllegalStateException("the library's own includer is missing");
    }
    return usual.include(context, what);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    if (!(usual instanceof ConfigIncluderFile files)) {
      throw new IllegalStateException("the library's own includer is missing");
    }
    return files.includeFile(context, what);
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    if (!(usual instanceof ConfigIncluderClasspath resources)) {
      throw new IllegalStateException("the library's own includer is missing");
    }
    return resources.includeResources(context, what);
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw new RemoteIncludeException(what.toString());
  }

  /** Something asked for an include that is not on this machine. */
  static final class RemoteIncludeException extends ConfigException {
    private static final long serialVersionUID = 1L;

    RemoteIncludeException(String what) {
      super(
          "include of '"
              + what
              + "' is refused: a configuration says where secrets go, so it is read from this machine only");
    }
  }
}
