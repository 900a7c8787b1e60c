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
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Includes what is on this machine, and refuses everything else. */
final class LocalIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private static final Pattern URL_LIKE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  private final IncludedFiles files;
  private final @Nullable ConfigIncluder usual;

  LocalIncluder(IncludedFiles files) {
    this(files, null);
  }

  private LocalIncluder(IncludedFiles files, @Nullable ConfigIncluder usual) {
    this.files = files;
    this.usual = usual;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return new LocalIncluder(files, fallback);
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    if (URL_LIKE.matcher(what).matches()) {
      throw new RemoteIncludeException(files.place(what), what);
    }
    if (usual == null) {
      throw missing();
    }
    return within(files.current().resolveSibling(what), () -> usual.include(context, what));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    if (!(usual instanceof ConfigIncluderFile includer)) {
      throw missing();
    }
    return within(what.toPath(), () -> includer.includeFile(context, what));
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    if (!(usual instanceof ConfigIncluderClasspath includer)) {
      throw missing();
    }
    files.enterUnchecked(Path.of(what));
    return leaving(() -> includer.includeResources(context, what));
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw new RemoteIncludeException(files.place(what.toString()), what.toString());
  }

  private ConfigObject within(Path file, Supplier<ConfigObject> parse) {
    files.enter(file);
    return leaving(parse);
  }

  private ConfigObject leaving(Supplier<ConfigObject> parse) {
    try {
      return parse.get();
    } finally {
      files.leave();
    }
  }

  private static IllegalStateException missing() {
    return new IllegalStateException("the library's own includer is missing");
  }

  /** Something asked for an include that is not on this machine. */
  static final class RemoteIncludeException extends ConfigException {
    private static final long serialVersionUID = 1L;

    private final String place;

    RemoteIncludeException(String place, String what) {
      super(
          "include of '"
              + what
              + "' is refused: a configuration says where secrets go, so it is read from this machine only");
      this.place = place;
    }

    String place() {
      return place;
    }
  }
}
