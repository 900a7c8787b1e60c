package dev.postern.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.postern.core.text.RawNames;
import dev.postern.sftp.FileInfo;
import dev.postern.sftp.FileKind;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names on their way from bytes to paths. */
final class NamesTest {
  @TempDir private Path folder;

  @Test
  void everyByteComesBack() {
    byte[] all = new byte[255];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i + 1);
    }
    assertThat(RawNames.bytes(RawNames.text(all))).isEqualTo(all);
    // A surrogate that was encoded is no UTF-8, and may not become the byte that it stands for.
    byte[] surrogate = {(byte) 0xed, (byte) 0xb3, (byte) 0xbf};
    assertThat(RawNames.bytes(RawNames.text(surrogate))).isEqualTo(surrogate);
    assertThat(RawNames.text("ü𝒳".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isEqualTo("ü𝒳");
  }

  @Test
  void aNameThatIsNoTextIsWrittenAndListedAsItIs() throws Exception {
    LocalTree tree = new LocalTree();
    String name = "a\udcff b%";
    try (OutputStream output = tree.write(TreePaths.join(tree.name(folder), name), 0, 0644)) {
      output.write(1);
    }
    List<String> names = new ArrayList<>();
    tree.list(tree.name(folder), entry -> names.add(entry.name()));
    assertThat(names).containsExactly(name);
    assertThat(Files.list(folder)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        "",
        "a/b",
        "a\\b",
        "c:x",
        "CON",
        "con.txt",
        "aux",
        "COM1.log",
        "lpt¹",
        "a.",
        "a ",
        "file:stream",
        "a*",
        "a\nb"
      })
  void windowsTakesNoneOfThese(String name) {
    assertThat(SafeNames.unfitForWindows(name)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"console", "a.b", "ü", "-rf", ".hidden"})
  void windowsTakesThese(String name) {
    assertThat(SafeNames.unfitForWindows(name)).isNull();
  }

  private static FileInfo version(long size, long seconds) {
    return new FileInfo(
        FileKind.FILE,
        size,
        OptionalInt.empty(),
        Optional.of(Instant.ofEpochSecond(seconds)),
        Optional.empty());
  }

  @Test
  void aPartIsOfOneVersionOfOneFile() {
    String part = PartName.of("a", version(1, 2));
    assertThat(part).matches("a\\.[0-9a-f]{8}\\.part");
    assertThat(PartName.isOne(part)).isTrue();
    assertThat(PartName.of("a", version(1, 2))).isEqualTo(part);
    assertThat(PartName.of("a", version(2, 2))).isNotEqualTo(part);
    assertThat(PartName.of("a", version(1, 3))).isNotEqualTo(part);
    assertThat(PartName.isOne("a.part")).isFalse();
  }

  @Test
  void aPartOfALongNameIsNoLongerThanANameMayBe() {
    String part = PartName.of("ü".repeat(127), version(1, 2));
    assertThat(RawNames.bytes(part).length).isLessThanOrEqualTo(255);
    assertThat(PartName.of("ü".repeat(126) + "a", version(1, 2))).isNotEqualTo(part);
  }

  @Test
  void aNameWithoutEndCostsNoMoreThanALongOne() {
    String part =
        assertTimeoutPreemptively(
            Duration.ofSeconds(2), () -> PartName.of("ü".repeat(1 << 18), version(1, 2)));
    assertThat(RawNames.bytes(part).length).isLessThanOrEqualTo(255);
  }

  @Test
  void pathsHaveNamesUnlessTheyEndInNoneOfTheirOwn() {
    assertThat(TreePaths.name("a/b/")).isEqualTo("b");
    assertThat(TreePaths.name("..")).isEmpty();
    assertThat(TreePaths.name("/")).isEmpty();
    assertThat(TreePaths.folder("b")).isEqualTo(".");
    assertThat(TreePaths.folder("/b")).isEqualTo("/");
  }
}
