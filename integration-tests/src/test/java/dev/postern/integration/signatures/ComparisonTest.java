package dev.postern.integration.signatures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checker, on small types. */
final class ComparisonTest {
  private static final String NAME = Fixtures.class.getName();

  private static List<String> lines(Class<?> holder, String type) {
    List<Class<?>> types =
        List.of(holder.getDeclaredClasses()).stream()
            .filter(member -> member.getSimpleName().equals(type))
            .<Class<?>>map(member -> member)
            .toList();
    return Signatures.of(types).stream()
        .map(line -> line.replace(NAME + "$" + holder.getSimpleName() + "$", ""))
        .toList();
  }

  private static Comparison compare(String type, String... ours) {
    return Comparison.of(
        lines(Fixtures.Before.class, type), lines(Fixtures.After.class, type), Set.of(ours));
  }

  @Test
  void readsLikeTheSource() {
    assertThat(lines(Fixtures.Before.class, "Spi"))
        .containsExactly(
            "interface Spi<T extends Comparable<T>>",
            "  method abstract T serve(java.util.List<? super T>, String...) throws java.io.IOException",
            "  method default void close()");
    assertThat(lines(Fixtures.Before.class, "Settings"))
        .containsExactly(
            "record Settings",
            "  components String name, @Default(\"1\") int count",
            "  constructor (String, int)",
            "  method String name()",
            "  method int count()");
    assertThat(lines(Fixtures.Before.class, "Reply"))
        .containsExactly("sealed interface Reply permits Yes");
    assertThat(lines(Fixtures.Before.class, "Base"))
        .containsExactly(
            "class Base", "  constructor protected ()", "  field protected static int count");
  }

  @Test
  void nothingChangedIsNothing() {
    Comparison same =
        Comparison.of(
            lines(Fixtures.After.class, "Spi"), lines(Fixtures.After.class, "Spi"), Set.of());
    assertThat(same.breaks()).isEmpty();
    assertThat(same.additions()).isEmpty();
  }

  @Test
  void anAbstractMethodBreaksPluginsAndADefaultOneDoesNot() {
    assertThat(compare("Spi").breaks())
        .containsExactly(
            "new abstract method, which plugins lack, in Spi: method abstract void again()");
    assertThat(compare("Spi").additions())
        .containsExactly("new in Spi: method default void also()");
  }

  @Test
  void whatWeMakeMayGetAbstractMethods() {
    assertThat(compare("Spi", "Spi").breaks()).isEmpty();
    assertThat(compare("Spi", "Spi").additions()).hasSize(2);
  }

  @Test
  void whatIsRemovedOrChangedBreaks() {
    assertThat(Comparison.of(lines(Fixtures.Before.class, "Yes"), List.of(), Set.of()).breaks())
        .containsExactly("removed type Yes");
    assertThat(compare("Settings").breaks())
        .containsExactly(
            "removed or changed in Settings: components String name, @Default(\"1\") int count");
    assertThat(compare("Base").breaks())
        .containsExactly(
            "changed 'class Base' to 'final class Base'",
            "removed or changed in Base: constructor protected ()",
            "removed or changed in Base: field protected static int count");
  }

  @Test
  void anotherCaseOfASwitchBreaks() {
    assertThat(compare("Kind").breaks())
        .containsExactly("new constant, which a plugin's switch lacks, in Kind: constant TWO");
    assertThat(compare("Reply").breaks())
        .containsExactly(
            "changed 'sealed interface Reply permits Yes' to 'sealed interface Reply permits No, Yes'");
  }

  @Test
  void anotherTypeIsAnAddition() {
    Comparison comparison = Comparison.of(List.of(), lines(Fixtures.After.class, "No"), Set.of());
    assertThat(comparison.breaks()).isEmpty();
    assertThat(comparison.additions()).containsExactly("new type No");
  }
}
