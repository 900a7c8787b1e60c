package dev.postern.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "db1; db1",
        "web[1-3],db1; web1 web2 web3 db1",
        "web[08-11]; web08 web09 web10 web11",
        "sw[1-3,7,10-14/2]; sw1 sw2 sw3 sw7 sw10 sw12 sw14",
        "rack[1-2]-node[01-02].lab; rack1-node01.lab rack1-node02.lab rack2-node01.lab rack2-node02.lab",
        "a b,,c; a b c",
        "a,a; a",
        "admin@sw[1-2]:2222; admin@sw1:2222 admin@sw2:2222",
        "root@[fd00::1]:22; root@[fd00::1]:22"
      })
  void expandsInOrder(String text, String names) {
    assertThat(TargetNames.expand(text)).isEqualTo(List.of(names.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "web1 web2 web3 db1; web[1-3],db1",
        "node42 node40 node41; node[40-42]",
        "web08 web09 web10 web100; web[08-10],web100",
        "sw1 sw3 sw4; sw[1,3-4]",
        "10.0.0.1 10.0.0.2; 10.0.0.[1-2]",
        "a1b a2b b; a[1-2]b,b",
        "only; only"
      })
  void foldsWhatDiffersInOneNumber(String names, String folded) {
    assertThat(TargetNames.fold(List.of(names.split(" ")))).isEqualTo(folded);
    assertThat(TargetNames.expand(folded)).containsExactlyInAnyOrder(names.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1-999999999]", "[1-99999999999999999]", "a[1-1000]b[1-1000]"})
  void refusesWhatStandsForTooMany(String text) {
    assertThatThrownBy(() -> TargetNames.expand(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"%s\" stands for more than 100000 targets", text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "web[1-3; its brackets do not match",
        "web]1[; its brackets do not match",
        "web[[1]]; its brackets do not match",
        "web[]; [] is no list of numbers and ranges",
        "web[a-c]; [a-c] is no list of numbers and ranges",
        "web[3-1]; 3-1 goes nowhere",
        "web[1-3/0]; 1-3/0 goes nowhere"
      })
  void saysWhatCannotBeUnderstood(String text, String why) {
    assertThatThrownBy(() -> TargetNames.expand(text))
        .hasMessage(
            "\"%s\" cannot be understood: %s. Targets are written like web[01-20],db1", text, why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-oProxyCommand=x",
        "a\u001b[31m",
        "../x",
        "a/b",
        ".hidden",
        "a;b",
        "$(id)",
        "a\u202eb",
        "a..b"
      })
  void refusesNamesThatCouldMeanSomethingElse(String name) {
    assertThatThrownBy(() -> TargetNames.expectName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"%s\" cannot be the name of a target",
            name.replace('\u001b', '?').replace('\u202e', '?'));
  }

  @Test
  void anOrderWithOneNameTwiceIsRefused() {
    FleetTarget target = FleetTarget.ofGroup("g", "a");
    assertThatThrownBy(() -> FleetOrder.of(List.of(target, target), "x"))
        .hasMessage("two targets have the name a");
  }
}
