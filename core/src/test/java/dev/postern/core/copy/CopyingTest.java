package dev.postern.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.problem.Code;
import dev.postern.sftp.CopyListener;
import dev.postern.sftp.CopyOptions;
import dev.postern.sftp.CopyResult;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where copies go, and what they must not take the place of. */
final class CopyingTest {
  private static final CopyOptions USUAL = CopyOptions.usual();

  @TempDir private Path folder;
  private final LocalTree local = new LocalTree();
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private Path from = Path.of("");
  private Path to = Path.of("");

  private final CopyListener listener =
      new CopyListener() {
        @Override
        public void failed(String source, SftpException failure) {
          failures.add(String.valueOf(failure.getMessage()));
        }
      };

  @BeforeEach
  void makeFolders() throws IOException {
    from = Files.createDirectory(folder.resolve("from"));
    to = Files.createDirectory(folder.resolve("to"));
  }

  private CopyResult copy(Tree target, CopyOptions options, String... names) throws IOException {
    List<String> sources = new ArrayList<>();
    for (String name : names) {
      sources.add(from + "/" + name);
    }
    return new Copying(local, target, options, listener).copy(sources, to.toString());
  }

  private void source(String name, String content) throws IOException {
    Path file = from.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private interface Call {
    Object[] of(String method, Object[] arguments) throws Exception;
  }

  /** This machine's files, but for what is done to each call. */
  private Tree tree(Call call) {
    return (Tree)
        Proxy.newProxyInstance(
            Tree.class.getClassLoader(),
            new Class<?>[] {Tree.class},
            (proxy, method, arguments) -> {
              Object[] given = arguments == null ? new Object[0] : arguments;
              try {
                return method.invoke(local, call.of(method.getName(), given));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** A target that takes names of any case for one. */
  private Tree folding() {
    return tree(
        (method, arguments) -> {
          Object[] folded = arguments.clone();
          for (int i = 0; i < folded.length; i++) {
            if (folded[i] instanceof String path && path.startsWith(to + "/")) {
              folded[i] = to + path.substring(to.toString().length()).toLowerCase(Locale.ROOT);
            }
          }
          return folded;
        });
  }

  @Test
  void ofTwoNamesThatTheTargetTakesForOneTheFirstStays() throws Exception {
    source("Read", "first");
    source("read", "second");
    CopyResult result = copy(folding(), USUAL, "Read", "read");
    assertThat(failures)
        .containsExactly(
            from
                + "/read: \"Read\" was copied before it, and the target takes both names for one; it is left out [PST-X007]");
    assertThat(result.files()).isEqualTo(1);
    assertThat(to.resolve("read")).hasContent("first");
  }

  @Test
  void twoFoldersThatTheTargetTakesForOneAreNotMixed() throws Exception {
    source("tree/D/one", "1");
    source("tree/d/two", "2");
    copy(folding(), USUAL.withFolders(), "tree");
    assertThat(failures).singleElement().asString().contains("the target takes both names for one");
    assertThat(to.resolve("tree/d").toFile().list()).hasSize(1);
  }

  @Test
  void aTargetThatTellsCaseApartGetsBoth() throws Exception {
    for (String name : List.of("Read", "read", "reaD")) {
      source(name, name);
    }
    Files.writeString(to.resolve("read"), "was there");
    copy(local, USUAL, "Read", "read", "reaD");
    assertThat(failures).isEmpty();
    assertThat(to.resolve("Read")).hasContent("Read");
    assertThat(to.resolve("read")).hasContent("read");
    assertThat(to.resolve("reaD")).hasContent("reaD");
  }

  @Test
  void anOlderFileOfAnotherCaseIsReplacedAsOneOfTheSame() throws Exception {
    source("Read", "new");
    Files.writeString(to.resolve("read"), "old");
    copy(folding(), USUAL, "Read");
    assertThat(failures).isEmpty();
    assertThat(to.resolve("read")).hasContent("new");
  }

  @Test
  void twoFilesOfOneNameAreNotCopiedOverEachOther() throws Exception {
    source("x/f", "first");
    source("y/f", "second");
    copy(local, USUAL, "x/f", "y/f");
    assertThat(failures)
        .containsExactly(
            from + "/y/f: another file has the same name here; it is left out [PST-X007]");
    assertThat(to.resolve("f")).hasContent("first");
  }

  @Test
  void aPipeOrDeviceIsNotReplaced() throws Exception {
    source("f", "content");
    Path pipe = to.resolve("f");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    copy(local, USUAL, "f");
    assertThat(failures)
        .containsExactly(
            pipe + ": a device or pipe has this name, and a file does not replace it [PST-X008]");
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  @Test
  void aFolderThatMayNotBeListedCanBeCopiedInto() throws Exception {
    source("f", "content");
    source("tree/g", "content");
    Files.createDirectory(to.resolve("tree"));
    Tree unlisted =
        tree(
            (method, arguments) -> {
              if (method.equals("list")) {
                throw new SftpException(Code.FILE_DENIED, "not permitted");
              }
              return arguments;
            });
    copy(unlisted, USUAL.withFolders(), "f", "tree");
    assertThat(failures).isEmpty();
    assertThat(to.resolve("f")).hasContent("content");
    assertThat(to.resolve("tree/g")).hasContent("content");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() throws Exception {
    source("f", "content");
    String target = to + "/none/f";
    new Copying(local, local, USUAL, listener).copy(List.of(from + "/f"), target);
    assertThat(failures)
        .containsExactly(to + "/none: there is no such folder to copy into [PST-X002]");
  }

  @Test
  void whatAListenerThrowsIsThrown() throws Exception {
    source("f", "content");
    CopyListener broken =
        new CopyListener() {
          @Override
          public void started(String source, String target, long size, long resumedAt) {
            throw new IllegalStateException("a bug");
          }
        };
    assertThatThrownBy(
            () ->
                new Copying(local, local, USUAL, broken).copy(List.of(from + "/f"), to.toString()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a bug");
  }

  @Test
  void aPartWhoseUnsureEndDiffersIsBegunAnew() throws Exception {
    byte[] content = new byte[3 << 20];
    new java.util.Random(1).nextBytes(content);
    Path source = Files.write(from.resolve("f"), content);
    byte[] holed = java.util.Arrays.copyOf(content, 2 << 20);
    // No sample but that of all that is unsure has this byte.
    holed[holed.length - (400 << 10)]++;
    String part = PartName.of("f", local.find(source.toString(), true).orElseThrow());
    Files.write(to.resolve(part), holed);
    Tree unsure = unsure();
    copy(unsure, USUAL, "f");
    assertThat(failures).isEmpty();
    assertThat(to.resolve("f")).hasBinaryContent(content);
  }

  /** This machine's files as if they were a server's. */
  private Tree unsure() {
    return (Tree)
        Proxy.newProxyInstance(
            Tree.class.getClassLoader(),
            new Class<?>[] {Tree.class},
            (proxy, method, arguments) ->
                method.getName().equals("unsure")
                    ? (Object) (8 << 20)
                    : method.invoke(local, arguments));
  }
}
