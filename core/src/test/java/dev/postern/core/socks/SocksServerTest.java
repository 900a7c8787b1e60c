package dev.postern.core.socks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.socks.SocksStep.Connect;
import dev.postern.core.socks.SocksStep.More;
import dev.postern.core.socks.SocksStep.Refused;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 1928, and what SOCKS 4 and 4a are by custom; bytes in hexadecimal. */
final class SocksServerTest {
  private final SocksServer server = new SocksServer();
  private final ByteArrayOutputStream answered = new ByteArrayOutputStream();

  /** Says it as a client would, and gives the step at which the server stopped. */
  private SocksStep say(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    int from = 0;
    while (true) {
      int to = from + server.wanted();
      assertThat(server.wanted()).isBetween(1, 257);
      assertThat(to).as("what is wanted of %s", hex).isLessThanOrEqualTo(bytes.length);
      SocksStep step = server.take(Arrays.copyOfRange(bytes, from, to));
      from = to;
      if (!(step instanceof More more)) {
        assertThat(from).as("what was read of %s", hex).isEqualTo(bytes.length);
        return step;
      }
      add(more.answer());
      if (from == bytes.length) {
        return step;
      }
    }
  }

  private void add(ByteBuffer answer) {
    while (answer.hasRemaining()) {
      answered.write(answer.get());
    }
  }

  private static String hex(ByteBuffer answer) {
    byte[] bytes = new byte[answer.remaining()];
    answer.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "050100 05010001 7f000001 0050, 127.0.0.1, 80",
    "050100 05010003 09 6c6f63616c686f7374 1538, localhost, 5432",
    "05020200 05010004 00000000000000000000000000000001 01bb, 0:0:0:0:0:0:0:1, 443",
    "0401 0050 0a000001 00, 10.0.0.1, 80",
    "0401 0050 0a000001 726f6f7400, 10.0.0.1, 80",
    "0401 1538 00000001 726f6f7400 64622e696e7465726e616c00, db.internal, 5432",
  })
  void aTargetIsHeardAsItWasSaid(String said, String host, int port) {
    assertThat(say(said)).isEqualTo(new Connect(host, port));
    boolean five = said.startsWith("05");
    assertThat(HexFormat.of().formatHex(answered.toByteArray())).isEqualTo(five ? "0500" : "");
    assertThat(hex(server.granted())).isEqualTo(five ? "05000001000000000000" : "005a000000000000");
    assertThat(hex(server.refused(SocksFailure.REFUSED)))
        .isEqualTo(five ? "05050001000000000000" : "005b000000000000");
  }

  @Test
  void aNameOf255BytesIsHeard() {
    String name = "a".repeat(255);
    assertThat(say("050100 05010003 ff " + "61".repeat(255) + " 0050"))
        .isEqualTo(new Connect(name, 80));
  }

  @ParameterizedTest
  @CsvSource({
    "050100 05020001 7f000001 0050, 07, its client asked for BIND or UDP; and SSH carries only connections",
    "050100 05030003 0161 0050, 07, its client asked for BIND or UDP; and SSH carries only connections",
    "050100 05010002, 08, its client named a kind of address unknown here",
    "050100 04010001, 01, its client broke the rules of SOCKS 5",
    "050100 05010003 03610062 0050, 01, its client asked for what cannot be a host and a port",
    "050100 05010003 03612062 0050, 01, its client asked for what cannot be a host and a port",
    "050100 05010003 02c3a9 0050, 01, its client asked for what cannot be a host and a port",
    "050100 05010003 00 0050, 01, its client asked for what cannot be a host and a port",
    "050100 05010001 7f000001 0000, 01, its client asked for what cannot be a host and a port",
  })
  void whatSocks5CannotGiveIsRefusedWithItsCode(String said, String code, String reason) {
    SocksStep step = say(said);
    assertThat(step).isInstanceOf(Refused.class);
    Refused refused = (Refused) step;
    assertThat(hex(refused.answer())).isEqualTo("05" + code + "0001000000000000");
    assertThat(refused.reason()).isEqualTo(reason.replace(';', ','));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0500", "050102", "0503010280"})
  void aClientThatInsistsOnSigningInIsRefused(String said) {
    Refused refused = (Refused) say(said);
    assertThat(hex(refused.answer())).isEqualTo("05ff");
    assertThat(refused.reason())
        .isEqualTo("its client insists on signing in by SOCKS, and there is nothing to sign in to");
  }

  @ParameterizedTest
  @CsvSource({
    "0402 0050 0a000001 00, 'its client asked for BIND, and SSH carries only connections'",
    "0401 0000 0a000001 00, its client asked for what cannot be a host and a port",
    "0401 0050 00000001 00 00, its client asked for what cannot be a host and a port",
    "0401 0050 00000001 00 610a00, its client asked for what cannot be a host and a port",
  })
  void whatSocks4CannotGiveIsRefused(String said, String reason) {
    Refused refused = (Refused) say(said);
    assertThat(hex(refused.answer())).isEqualTo("005b000000000000");
    assertThat(refused.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0401 0050 0a000001 ", "0401 0050 00000001 00 "})
  void aTextWithoutAnEndIsCutOff(String beginning) {
    Refused refused = (Refused) say(beginning + "61".repeat(256));
    assertThat(refused.reason()).isEqualTo("its client sent a text without an end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"47", "00", "16", "ff"})
  void whatIsNoSocksIsToldApartByItsFirstByte(String said) {
    Refused refused = (Refused) say(said);
    assertThat(refused.answer().hasRemaining()).isFalse();
    assertThat(refused.reason()).isEqualTo("its client does not speak SOCKS 4 or 5");
  }
}
