package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.cli.surroundings.Terminals;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.PluginType;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import dev.postern.route.Explanation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that report and connect to nothing. */
final class ReportsTest {
  private final Rig rig = new Rig();

  private static ConfigException twoProblems() {
    return new ConfigException(
        List.of(
            new ConfigProblem(Code.CONFIG_MISSING, "f:1", "a", "missing"),
            new ConfigProblem(Code.CONFIG_UNKNOWN_KEY, "f:2", "b", "unknown")));
  }

  @Test
  void checkNamesTheRoutes() {
    assertThat(rig.run("check", "my.conf")).isZero();
    assertThat(rig.output()).isEqualTo("/nowhere/folder/my.conf: route db; no problems\n");
    assertThat(rig.error()).isEmpty();
  }

  @Test
  void checkPrintsEveryProblem() {
    rig.problems = twoProblems();
    assertThat(rig.run("check", "my.conf")).isEqualTo(1);
    assertThat(rig.error())
        .isEqualTo("postern: f:1: a: missing [PST-C004]\npostern: f:2: b: unknown [PST-C002]\n");
    assertThat(rig.output()).isEmpty();
  }

  @Test
  void checkReportsInJson() {
    rig.problems = twoProblems();
    assertThat(rig.run("check", "--json", "my.conf")).isEqualTo(1);
    assertThat(rig.output())
        .isEqualTo(
            "{\"configuration\":\"/nowhere/folder/my.conf\",\"groups\":[],\"ok\":false,\"problems\":[{\"code\":\"PST-C004\",\"message\":\"missing\",\"origin\":\"f:1\",\"path\":\"a\"},{\"code\":\"PST-C002\",\"message\":\"unknown\",\"origin\":\"f:2\",\"path\":\"b\"}],\"routes\":[]}\n");
    assertThat(rig.error()).isEmpty();
  }

  @Test
  void checkWithoutAFileSaysWhereItLooked() {
    assertThat(rig.run("check")).isEqualTo(255);
    assertThat(rig.error())
        .contains("/nowhere/folder/postern.conf")
        .contains("/nowhere/home/.config/postern/postern.conf")
        .endsWith("[PST-C008]\n");
  }

  @Test
  void checkFindsRoutesWhosePluginsAreMissing() {
    rig.routeProblems.add(new ConfigProblem(Code.PLUGIN_UNKNOWN_TYPE, "f:3", "a", "no plugin"));
    assertThat(rig.run("check", "my.conf")).isEqualTo(1);
    assertThat(rig.error()).isEqualTo("postern: f:3: a: no plugin [PST-P001]\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check my.conf", "explain db"})
  void warningsGoToStandardError(String command) {
    rig.warnings.add("Warning: others may read f [PST-S002]");
    assertThat(rig.run(command.split(" "))).isZero();
    assertThat(rig.error()).isEqualTo("postern: Warning: others may read f [PST-S002]\n");
  }

  @Test
  void explainIsATable() {
    rig.settings.add(new Explanation.Setting("hops[0].host", "db.internal", "f:3"));
    rig.settings.add(new Explanation.Setting("hops[0].port", "22", "default"));
    assertThat(rig.run("explain", "db")).isZero();
    assertThat(rig.output())
        .isEqualTo("hops[0].host  db.internal  f:3\nhops[0].port  22           default\n");
  }

  @Test
  void explainReportsInJson() {
    rig.settings.add(new Explanation.Setting("hops[0].port", "22", "default"));
    rig.run("explain", "--json", "db");
    assertThat(rig.output())
        .isEqualTo(
            "{\"ok\":true,\"route\":\"db\",\"settings\":[{\"origin\":\"default\",\"path\":\"hops[0].port\",\"value\":\"22\"}]}\n");
  }

  @Test
  void pluginsAreListed() {
    rig.plugins.add(
        new InstalledPlugin(
            "auth-totp",
            "1.2",
            "1.0",
            List.of(PluginType.parse("auth:totp"), PluginType.parse("secret:totp")),
            "/lib/b.jar",
            true,
            List.of()));
    assertThat(rig.run("plugins")).isZero();
    assertThat(rig.output())
        .isEqualTo(
            "ID         VERSION  API  STATUS  TYPES                  PLACE\nauth-totp  1.2      1.0  ok      auth:totp,secret:totp  bundled\n");
    rig.output.reset();
    rig.run("plugins", "--json");
    assertThat(rig.output())
        .isEqualTo(
            "{\"ok\":true,\"plugins\":[{\"api\":\"1.0\",\"bundled\":true,\"id\":\"auth-totp\",\"location\":\"/lib/b.jar\",\"problems\":[],\"status\":\"ok\",\"types\":[\"auth:totp\",\"secret:totp\"],\"version\":\"1.2\"}]}\n");
  }

  @Test
  void pluginsThatAreBrokenAreListedWithTheReason() {
    rig.plugins.add(
        new InstalledPlugin(
            "acme",
            "1.0",
            "2.0",
            List.of(),
            "/plugins/acme",
            false,
            List.of(new ConfigProblem(Code.PLUGIN_API_LEVEL, "", "", "too new"))));
    assertThat(rig.run("plugins")).isEqualTo(1);
    assertThat(rig.output()).endsWith("acme  1.0      2.0  broken  -      /plugins/acme\n");
    assertThat(rig.error()).isEqualTo("postern: too new [PST-P007]\n");
  }

  @Test
  void totpTakesTheSeedFromItsSource() {
    assertThat(rig.run("totp", "--env", "SEED")).isZero();
    rig.run("totp", "--file", "seed", "--digits", "8", "--algorithm", "sha256");
    rig.run("totp", "--json", "{ command = [pass, x] }");
    assertThat(rig.secrets)
        .containsExactly(
            "{ type = totp, secret = { env = \"SEED\" }, algorithm = \"sha1\", digits = 6, period = \"30s\" }",
            "{ type = totp, secret = { file = \"/nowhere/folder/seed\" }, algorithm = \"sha256\", digits = 8, period = \"30s\" }",
            "{ type = totp, secret = { command = [pass, x] }, algorithm = \"sha1\", digits = 6, period = \"30s\" }");
    assertThat(rig.output()).isEqualTo("123456\n123456\n{\"code\":\"123456\",\"ok\":true}\n");
  }

  @Test
  void totpRefusesASeedThatOthersCouldSee() {
    assertThat(rig.run("totp", "JBSWY3DPEHPK3PXP")).isEqualTo(2);
    assertThat(rig.error())
        .isEqualTo(
            "postern: command line: that is no source of a seed; write --env NAME, --file FILE, or the secret as a route's totp strategy has it: '{ command = [pass, otp-seed] }'. The seed itself does not belong on a command line, which others can see [PST-C009]\n");
    assertThat(rig.secrets).isEmpty();
  }

  @Test
  void completionKnowsTheCommands() {
    assertThat(rig.run("completion")).isZero();
    assertThat(rig.output()).startsWith("#!/usr/bin/env bash").contains("forward");
  }

  @Test
  void helpGoesToStandardOutputAndAMissingCommandToStandardError() {
    assertThat(rig.run("--help")).isZero();
    assertThat(rig.output()).startsWith("Usage: postern").doesNotContain("\u001b");
    assertThat(rig.error()).isEmpty();
    rig.output.reset();
    assertThat(rig.run()).isEqualTo(2);
    assertThat(rig.output()).isEmpty();
    assertThat(rig.error()).startsWith("Usage: postern");
  }

  @Test
  void coloursAreForTerminalsWithoutNoColor() {
    rig.terminals = new Terminals(false, true, false);
    rig.run("--help");
    assertThat(rig.output()).contains("\u001b");
    rig.output.reset();
    rig.environment.put("NO_COLOR", "1");
    rig.run("--help");
    assertThat(rig.output()).doesNotContain("\u001b");
  }
}
