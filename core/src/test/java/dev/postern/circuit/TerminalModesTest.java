package dev.postern.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.circuit.TerminalModes.Mode;
import org.junit.jupiter.api.Test;

final class TerminalModesTest {
  @Test
  void aChangeLeavesTheOthersAndTheOriginalAlone() {
    TerminalModes changed = TerminalModes.usual().with(Mode.VERASE, 8);
    assertThat(changed.get(Mode.VERASE)).contains(8);
    assertThat(changed.get(Mode.VINTR)).contains(3);
    assertThat(TerminalModes.usual().get(Mode.VERASE)).contains(127);
    assertThat(TerminalModes.NONE.values()).isEmpty();
  }

  @Test
  void modesOfTheSameValuesAreEqual() {
    assertThat(TerminalModes.usual().with(Mode.VINTR, 3))
        .isEqualTo(TerminalModes.usual())
        .hasSameHashCodeAs(TerminalModes.usual());
    assertThat(TerminalModes.NONE.with(Mode.ECHO, 1).with(Mode.VINTR, 3))
        .hasToString("{VINTR=3, ECHO=1}");
  }

  @Test
  void whatAModeCannotHaveIsRefused() {
    assertThatThrownBy(() -> TerminalModes.NONE.with(Mode.ECHO, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ECHO is 2, and can be from 0 to 1");
    assertThatThrownBy(() -> TerminalModes.NONE.with(Mode.VERASE, 256))
        .hasMessage("VERASE is 256, and can be from 0 to 255");
    assertThatThrownBy(() -> TerminalModes.NONE.with(Mode.TTY_OP_ISPEED, -1))
        .hasMessage("TTY_OP_ISPEED is -1, and can be from 0 to 2147483647");
  }

  @Test
  void aTerminalHasTheUsualModesAndNoNegativeSize() {
    assertThat(new TerminalRequest("xterm", 80, 24).modes()).isEqualTo(TerminalModes.usual());
    assertThatThrownBy(() -> new TerminalRequest("xterm", -1, 24))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a terminal of -1 columns and 24 rows");
  }
}
