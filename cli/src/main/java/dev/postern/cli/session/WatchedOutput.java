package dev.postern.cli.session;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Passes on what the far end shows, unchanged, and remembers what it does to our terminal: colours,
 * the alternate screen, mouse reports, bracketed paste. So what is left of it when the far end is
 * gone can be undone, and nothing else is sent.
 */
final class WatchedOutput extends OutputStream {
  private static final int ESCAPE = 0x1b;
  private static final int CURSOR_KEYS = 1;
  private static final int AUTO_WRAP = 7;
  private static final int CURSOR = 25;

  /**
   * The private modes (DEC, xterm) that disturb a shell if they stay as they are not by default.
   */
  private static final Set<Integer> MODES =
      Set.of(
          CURSOR_KEYS,
          5,
          6,
          AUTO_WRAP,
          9,
          CURSOR,
          47,
          1000,
          1001,
          1002,
          1003,
          1004,
          1005,
          1006,
          1015,
          1016,
          1047,
          1049,
          2004);

  private static final int LONGEST = 64;

  private final OutputStream screen;
  private final StringBuilder sequence = new StringBuilder();
  private final TreeSet<Integer> changed = new TreeSet<>();
  private boolean coloured;
  private boolean keypad;
  private boolean inSequence;
  private boolean lineOpen;

  WatchedOutput(OutputStream screen) {
    this.screen = screen;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] shown, int offset, int length) throws IOException {
    watch(shown, offset, length);
    screen.write(shown, offset, length);
  }

  private synchronized void watch(byte[] shown, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      int octet = shown[i] & 0xff;
      if (octet == ESCAPE) {
        inSequence = true;
        sequence.setLength(0);
      } else if (inSequence) {
        collect((char) octet);
      } else if (octet == '\n' || octet >= ' ') {
        lineOpen = octet != '\n';
      }
    }
  }

  private void collect(char next) {
    sequence.append(next);
    boolean control = sequence.charAt(0) == '[';
    boolean goesOn = control && (sequence.length() == 1 || next < '@');
    if (goesOn && sequence.length() < LONGEST) {
      return;
    }
    inSequence = false;
    if (goesOn) {
      return;
    }
    if (!control) {
      simple(next);
    } else if (next == 'm') {
      coloured = !Set.of("[m", "[0m").contains(sequence.toString());
    } else if (sequence.length() > 2 && sequence.charAt(1) == '?' && (next == 'h' || next == 'l')) {
      Arrays.stream(sequence.substring(2, sequence.length() - 1).split(";"))
          .filter(mode -> mode.matches("[0-9]{1,4}"))
          .forEach(mode -> set(Integer.parseInt(mode), next == 'h'));
    }
  }

  private void simple(char next) {
    switch (next) {
      case '=' -> keypad = true;
      case '>' -> keypad = false;
      case 'c' -> {
        changed.clear();
        keypad = false;
        coloured = false;
      }
      default -> {}
    }
  }

  private void set(int mode, boolean on) {
    if (mode == 1047 || mode == 1049) {
      // There and back: the cursor stands elsewhere.
      lineOpen = false;
    }
    if (!MODES.contains(mode)) {
      return;
    }
    if (on == isOnByDefault(mode)) {
      changed.remove(mode);
    } else {
      changed.add(mode);
    }
  }

  private static boolean isOnByDefault(int mode) {
    return mode == CURSOR || mode == AUTO_WRAP;
  }

  @Override
  public void flush() throws IOException {
    screen.flush();
  }

  /** Whether the last line that was shown has not ended. */
  synchronized boolean isLineOpen() {
    return lineOpen && !changed.contains(1049);
  }

  /** Undoes what is left, once. */
  synchronized void undo() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int mode : changed) {
      text.append("\u001b[?").append(mode).append(isOnByDefault(mode) ? 'h' : 'l');
    }
    text.append(keypad ? "\u001b>" : "").append(coloured ? "\u001b[m" : "");
    changed.clear();
    keypad = false;
    coloured = false;
    if (!text.isEmpty()) {
      screen.write(text.toString().getBytes(StandardCharsets.US_ASCII));
      screen.flush();
    }
  }
}
