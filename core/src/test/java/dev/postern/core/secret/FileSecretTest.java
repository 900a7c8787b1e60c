package dev.postern.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileSecretTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void begin() {
    file = folder.resolve("pw");
  }

  private Secret secret() {
    return new FileSecretProvider()
        .create(new FileSecretProvider.Config(file), new FakeContext(Optional.empty()));
  }

  private void write(String text, String permissions) throws Exception {
    write(text.getBytes(StandardCharsets.UTF_8), permissions);
  }

  private void write(byte[] bytes, String permissions) throws Exception {
    Files.write(file, bytes);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @ParameterizedTest
  @CsvSource({
    "hunter2, hunter2",
    "hunter2\\n, hunter2",
    "hunter2\\r\\n, hunter2",
    "hunter2\\n\\n, hunter2\\n",
    "' pä ss ', ' pä ss '"
  })
  void onlyTheLastLineBreakIsNoPartOfIt(String content, String expected) throws Exception {
    write(content.translateEscapes(), "rw-------");
    assertThat(Reading.text(secret())).isEqualTo(expected.translateEscapes());
  }

  @Test
  void aFileOnlyForReadingWill() throws Exception {
    write("hunter2", "r--------");
    assertThat(Reading.text(secret())).isEqualTo("hunter2");
    assertThat(secret()).hasToString("*** (file " + file + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
  void aFileThatIsOpenToOthersIsRefused(String permissions) throws Exception {
    write("hunter2", permissions);
    assertThat(Reading.failure(secret()))
        .hasMessage(
            "the secret file %s is open to others (%s); take their rights away: chmod 600 %s",
            file, permissions, file)
        .hasCauseInstanceOf(UnsafeSecretFileException.class);
  }

  @Test
  void aLinkIsJudgedByItsTarget() throws Exception {
    write("hunter2", "rw-r--r--");
    Path target = file;
    file = Files.createSymbolicLink(folder.resolve("link"), target);
    assertThat(Reading.failure(secret())).hasCauseInstanceOf(UnsafeSecretFileException.class);
  }

  @Test
  void aFolderIsRefused() {
    file = folder;
    assertThat(Reading.failure(secret()))
        .hasMessage("the secret file %s is not a regular file", folder)
        .hasCauseInstanceOf(UnsafeSecretFileException.class);
  }

  @Test
  void aPipeIsRefusedAndNotWaitedFor() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", "-m", "600", file.toString()).start().waitFor())
        .isZero();
    assertThat(Reading.failure(secret()))
        .hasMessage("the secret file %s is not a regular file", file);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(Reading.failure(secret())).hasMessage("the secret file %s does not exist", file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n"})
  void anEmptyFileHasNoSecret(String content) throws Exception {
    write(content, "rw-------");
    assertThat(Reading.failure(secret()))
        .hasMessage("the secret file %s gives an empty secret", file);
  }

  @Test
  void aLargeFileIsNoSecret() throws Exception {
    write("x".repeat(64 * 1024), "rw-------");
    assertThat(Reading.text(secret())).hasSize(64 * 1024);
    write("x".repeat(64 * 1024 + 1), "rw-------");
    assertThat(Reading.failure(secret()))
        .hasMessage("the secret file %s gives more than 64 KiB, which is no secret", file);
  }

  @Test
  void bytesAreNoText() throws Exception {
    write(new byte[] {'a', (byte) 0xff}, "rw-------");
    assertThat(Reading.failure(secret()))
        .hasMessage("the secret file %s gives something that is not UTF-8 text", file);
  }
}
