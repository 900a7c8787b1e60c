package dev.postern.core.hostkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.hop.HopFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnownHostsFilesTest {
  private final KnownHostsFiles files = new KnownHostsFiles();
  @TempDir private Path folder;

  @Test
  void whatIsAsBeforeIsNotParsedAgain() throws Exception {
    Path file = write("one " + TestKey.ed25519().line());
    KnownHost before = read(file).get(0);
    assertThat(read(file).get(0)).isSameAs(before);
  }

  @Test
  void aLineThatChangesWithoutChangingTheSizeCountsAtOnce() throws Exception {
    String key = TestKey.ed25519().line();
    Path file = write("one " + key);
    assertThat(read(file).get(0).hosts().match("one")).isTrue();
    write("two " + key);
    assertThat(read(file)).hasSize(1);
    assertThat(read(file).get(0).hosts().match("one")).isFalse();
    assertThat(read(file).get(0).hosts().match("two")).isTrue();
  }

  @Test
  void linesKeepTheirNumbersAndOneThatIsTooLongIsLeftOut() throws Exception {
    String key = TestKey.ed25519().line();
    Path file = write("x".repeat(65_537) + "\n\none " + key + "\n# comment\ntwo " + key);
    assertThat(read(file)).extracting(KnownHost::line).containsExactly(3, 5);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("known_hosts"), text);
  }

  private List<KnownHost> read(Path file) throws HopFailure {
    return files.read(List.of(file));
  }
}
