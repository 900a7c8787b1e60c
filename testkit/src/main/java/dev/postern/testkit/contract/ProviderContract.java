package dev.postern.testkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.config.Doc;
import dev.postern.api.hop.HopContext;
import dev.postern.api.hop.Person;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the providers of all three extension points keep to. Extend the contract of yours.
 *
 * @param <P> the extension point
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public abstract sealed class ProviderContract<P>
    permits AuthStrategyContract, TransportContract, SecretSourceContract {
  private static final String UNSUPPORTED = "no setting can be of the type";

  @TempDir @Nullable Path folder;

  /** A new provider. */
  protected abstract P provider();

  /**
   * Settings that work, in HOCON and without {@code type}: {@code "password = hunter2"}. None
   * unless overridden.
   */
  protected String settings() {
    return "";
  }

  /** Texts in {@link #settings} that must never be shown. Secrets that are read count anyway. */
  protected Set<String> secrets() {
    return Set.of();
  }

  /** The variables of the environment. None unless overridden. */
  protected Map<String, String> environment() {
    return Map.of();
  }

  /** Who can be asked, new for each call. Nobody unless overridden. */
  protected Person person() {
    return new FakePerson();
  }

  /** A folder for files of the test, gone after it. */
  protected final Path folder() {
    return requireNonNull(folder, "JUnit gives the folder");
  }

  final List<String> inputAndOutput(Runnable call) {
    return InputOutput.of(provider().getClass(), folder(), call);
  }

  abstract Class<?> extensionPoint();

  abstract String type(P provider);

  abstract Class<? extends Record> configType(P provider);

  /** Binds settings to the record, or to what is made of it, with core's own binder. */
  abstract Object bind(Binding binding, String settings);

  final Binding binding(HopContext context) {
    return new Binding(folder(), context);
  }

  FakeHopContext context() {
    return new FakeHopContext(person(), environment());
  }

  /** {@code ServiceLoader} makes it without arguments, when it is first needed. */
  @Test
  public final void isPublicWithAPublicConstructorWithoutArguments() {
    Class<?> type = provider().getClass();
    assertThat(Modifier.isPublic(type.getModifiers()))
        .as("%s must be public: ServiceLoader makes it", type.getName())
        .isTrue();
    boolean constructed = false;
    try {
      constructed = Modifier.isPublic(type.getDeclaredConstructor().getModifiers());
    } catch (NoSuchMethodException e) {
      // Said below.
    }
    assertThat(constructed)
        .as("%s needs a public constructor without arguments", type.getName())
        .isTrue();
  }

  /** A provider is made although no route uses it. */
  @Test
  public final void itsConstructorDoesNothing() {
    provider();
    assertThat(inputAndOutput(this::provider))
        .as(
            "the constructor of the provider must do nothing: it runs for routes that do not use it")
        .isEmpty();
  }

  /** Whoever installs the jar gets the plugin. */
  @Test
  public final void isFoundByServiceLoader() {
    Class<?> type = provider().getClass();
    List<String> found =
        ServiceLoader.load(extensionPoint(), type.getClassLoader()).stream()
            .map(ServiceLoader.Provider::type)
            .<String>map(Class::getName)
            .toList();
    assertThat(found)
        .as(
            "META-INF/services/%s must have the line %s",
            extensionPoint().getName(), type.getName())
        .contains(type.getName());
  }

  /** The type stands in configuration files. */
  @Test
  public final void itsTypeIsAWordThatStays() {
    String type = type(provider());
    assertThat(type)
        .as("the type must be of small letters, digits and -, and begin with a letter")
        .matches("[a-z][a-z0-9-]*");
    assertThat(type(provider())).as("the type must always be the same").isEqualTo(type);
  }

  /** The texts are what {@code postern plugins describe} shows. */
  @Test
  public final void everySettingIsDescribed() {
    Class<? extends Record> config = configType(provider());
    Doc doc = config.getAnnotation(Doc.class);
    assertThat(doc != null && !doc.value().isBlank())
        .as("%s needs a @Doc that says what the plugin does", config.getName())
        .isTrue();
    assertThat(Components.withoutDoc(config))
        .as("each of these components needs a @Doc that says what it means")
        .isEmpty();
  }

  /** The settings of this test are accepted. */
  @Test
  public final void itsSettingsBind() {
    assertThat(refusals(settings())).as("settings() must bind").isEmpty();
  }

  /** A wrong default would be found by the first user who leaves the key out. */
  @Test
  public final void everyDefaultBinds() {
    for (RecordComponent component : Components.of(configType(provider()))) {
      Optional<String> value = Components.defaultOf(component);
      if (value.isPresent()) {
        String key = Components.key(component);
        assertThat(refusals(settings() + "\n" + key + " = null\n" + key + " = " + value.get()))
            .filteredOn(problem -> isAbout(key, problem))
            .as("@Default(\"%s\") of '%s' must bind", value.get(), component.getName())
            .isEmpty();
      }
    }
  }

  /** A component of another type can never be set. */
  @Test
  public final void everySettingIsOfATypeThatCanBeWritten() {
    for (RecordComponent component : Components.of(configType(provider()))) {
      String key = Components.key(component);
      for (String probe : List.of("probe", "[probe]", "{ probe = probe }")) {
        assertThat(refusals(settings() + "\n" + key + " = null\n" + key + " = " + probe))
            .filteredOn(problem -> problem.message().contains(UNSUPPORTED))
            .as(
                "'%s' is a %s, which no setting can be; take text, numbers, booleans, enums, Duration, Path, Endpoint, PromptPattern, Secret, records of these, and Optional, List or Map<String, …> of them",
                component.getName(), component.getGenericType().getTypeName())
            .isEmpty();
      }
    }
  }

  /** A record may refuse what each of its components takes; that is about no key. */
  private static boolean isAbout(String key, ConfigProblem problem) {
    return (problem.path() + ".").replace("[", ".").contains("." + key + ".")
        || problem.message().contains(UNSUPPORTED);
  }

  private List<ConfigProblem> refusals(String text) {
    try {
      bind(binding(context()), text);
      return List.of();
    } catch (ConfigException e) {
      return e.problems();
    }
  }
}
