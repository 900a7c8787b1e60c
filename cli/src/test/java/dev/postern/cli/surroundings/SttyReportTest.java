package dev.postern.cli.surroundings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.circuit.TerminalModes;
import dev.postern.circuit.TerminalModes.Mode;
import org.junit.jupiter.api.Test;

final class SttyReportTest {
  @Test
  void readsGnu() {
    TerminalModes modes =
        SttyReport.modes(
            """
            speed 38400 baud; rows 30; columns 100; line = 0;
            intr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; eol = M-^?; eol2 = <undef>;
            swtch = <undef>; start = ^Q; stop = ^S; susp = ^Z; rprnt = ^R; werase = ^W; lnext = ^V;
            discard = ^O; min = 1; time = 0;
            -parenb -parodd -cmspar cs8 -hupcl -cstopb cread -clocal -crtscts
            -ignbrk -brkint -ignpar -parmrk -inpck -istrip -inlcr -igncr icrnl ixon -ixoff
            -iuclc -ixany -imaxbel iutf8
            opost -olcuc -ocrnl onlcr -onocr -onlret -ofill -ofdel nl0 cr0 tab0 bs0 vt0 ff0
            isig icanon iexten echo echoe echok -echonl -noflsh -xcase -tostop -echoprt
            echoctl echoke -flusho -extproc
            """);
    assertThat(modes)
        .isEqualTo(
            TerminalModes.usual()
                .with(Mode.VDISCARD, 15)
                .with(Mode.VEOL, 255)
                .with(Mode.VSWTCH, 255)
                .with(Mode.PARENB, 0)
                .with(Mode.PARODD, 0)
                .with(Mode.IGNPAR, 0)
                .with(Mode.PARMRK, 0)
                .with(Mode.INPCK, 0)
                .with(Mode.ISTRIP, 0)
                .with(Mode.INLCR, 0)
                .with(Mode.IGNCR, 0)
                .with(Mode.IUCLC, 0)
                .with(Mode.IXANY, 0)
                .with(Mode.IXOFF, 0)
                .with(Mode.IMAXBEL, 0)
                .with(Mode.OLCUC, 0)
                .with(Mode.OCRNL, 0)
                .with(Mode.ONOCR, 0)
                .with(Mode.ONLRET, 0)
                .with(Mode.ECHONL, 0)
                .with(Mode.NOFLSH, 0)
                .with(Mode.XCASE, 0)
                .with(Mode.TOSTOP, 0));
  }

  @Test
  void readsMacOs() {
    TerminalModes modes =
        SttyReport.modes(
            """
            speed 9600 baud; 24 rows; 80 columns;
            lflags: icanon isig iexten echo echoe -echok echoke -echonl echoctl
            \t-echoprt -altwerase -noflsh -tostop -flusho -pendin
            iflags: -istrip icrnl -inlcr -igncr ixon -ixoff ixany imaxbel iutf8
            \t-ignbrk brkint -inpck -ignpar -parmrk
            oflags: opost onlcr -oxtabs -onocr -onlret
            cflags: cread cs8 -parenb -parodd hupcl -clocal
            cchars: discard = ^O; dsusp = ^Y; eof = ^D; eol = <undef>;
            \teol2 = <undef>; erase = ^?; intr = ^C; kill = ^U; lnext = ^V;
            \tmin = 1; quit = ^\\; reprint = ^R; start = ^Q; status = ^T;
            \tstop = ^S; susp = ^Z; time = 0; werase = ^W;
            """);
    assertThat(modes.get(Mode.VREPRINT)).contains(18);
    assertThat(modes.get(Mode.VDSUSP)).contains(25);
    assertThat(modes.get(Mode.VSTATUS)).contains(20);
    assertThat(modes.get(Mode.VEOL)).contains(TerminalModes.NO_KEY);
    assertThat(modes.get(Mode.ECHOK)).contains(0);
    assertThat(modes.get(Mode.ICANON)).contains(1);
    assertThat(modes.get(Mode.TTY_OP_ISPEED)).contains(9600);
  }

  @Test
  void readsNothingFromNonsense() {
    assertThat(SttyReport.modes("stty: no terminal")).isEqualTo(TerminalModes.NONE);
    assertThat(SttyReport.modes("")).isEqualTo(TerminalModes.NONE);
  }
}
