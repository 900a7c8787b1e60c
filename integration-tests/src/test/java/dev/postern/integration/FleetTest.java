package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Postern;
import dev.postern.api.hop.Person;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import dev.postern.fleet.FleetOrder;
import dev.postern.fleet.FleetRun;
import dev.postern.fleet.FleetSummary;
import dev.postern.problem.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One command on many targets behind a jump, on real servers. */
@NeedsRealServers
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
final class FleetTest {
  private final Account account = Account.create();
  private final Heard heard = new Heard();
  @TempDir private Path folder;
  private String key = "";

  @BeforeEach
  void begin() {
    key =
        "[ { type = publickey, identities = [\"%s\"], agent = false } ]"
            .formatted(account.authorizeNewKey(folder));
    heard.outputs.clear();
    heard.statuses.clear();
    heard.failures.clear();
    heard.started.clear();
  }

  @AfterAll
  void removeAccount() {
    account.close();
  }

  @Test
  void manyTargetsTakeOneJumpAndAHandfulOfThreads() throws Exception {
    try (RealSshd jump = RealSshd.in(folder).start();
        RealSshd far = RealSshd.in(folder).start();
        Postern postern = Postern.load(file(jump, key, group(200, far, key), far))) {
      int before = Thread.activeCount();
      FleetSummary summary = run(postern, FleetOrder.of(postern.targets("all"), "echo x; exit 2"));
      assertThat(summary.nonZero()).as(heard.failures::toString).isEqualTo(200);
      assertThat(summary.highestStatus()).hasValue(2);
      assertThat(heard.outputs)
          .hasSize(200)
          .allSatisfy((name, out) -> assertThat(out).isEqualTo("x\n"));
      assertThat(heard.mostThreads - before).isLessThan(50);
      assertThat(jump.log()).containsOnlyOnce("Accepted publickey");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(jump.log()).contains("Closing connection to"));
    }
  }

  @Test
  void aWrongPasswordGoesToOneTargetOnly() throws Exception {
    try (RealSshd jump = RealSshd.in(folder).start();
        RealSshd far = RealSshd.in(folder).start();
        Postern postern =
            Postern.load(
                file(
                    jump, key, group(50, far, "[ { type = password, password = wrong } ]"), far))) {
      FleetSummary summary = run(postern, FleetOrder.of(postern.targets("all"), "true"));
      assertThat(summary.failed()).isEqualTo(1);
      assertThat(summary.skipped()).isEqualTo(49);
      assertThat(heard.failures.get("t1").code()).isEqualTo(Code.AUTH_DENIED);
      assertThat(heard.failures.get("t50"))
          .hasMessage(
              "hop 2/2 %s@127.0.0.1 auth: not signed in: 't1' refused the same secret for the user '%s', so it was not sent again [PST-R001]",
              account.name(), account.name());
      assertThat(far.log().lines().filter(line -> line.contains("Failed password"))).hasSize(1);
    }
  }

  @Test
  void aTargetThatRefusesWhatOthersTookStopsTheRest() throws Exception {
    String plan = "[ { type = password, password = \"%s\" } ]".formatted(account.password());
    try (RealSshd jump = RealSshd.in(folder).start();
        RealSshd far = RealSshd.in(folder).start();
        RealSshd other = RealSshd.in(folder).option("DenyUsers", account.name()).start();
        Postern postern =
            Postern.load(
                file(
                    jump,
                    key,
                    group(
                        "{ name = t1, port = %d }, { name = t2, port = %d }, %s"
                            .formatted(far.port(), other.port(), many(3, 50, far)),
                        plan),
                    far,
                    other))) {
      FleetSummary summary =
          run(postern, FleetOrder.of(postern.targets("all"), "true").parallel(1));
      assertThat(heard.statuses).as(heard.failures::toString).containsOnlyKeys("t1");
      assertThat(heard.failures.get("t2").code()).isEqualTo(Code.AUTH_DENIED);
      assertThat(summary.skipped()).isEqualTo(48);
      assertThat(far.log()).containsOnlyOnce("Accepted password");
    }
  }

  @Test
  void thePersonIsAskedOnceForTheJumpAndOnceForAllTargets() throws Exception {
    List<String> questions = new CopyOnWriteArrayList<>();
    String shared = "[ { type = password, password = { prompt = \"Switches: \" } } ]";
    String seed = account.requireCodes();
    String mfa =
        "[ { type = password, password = { prompt = \"Jump: \" } }, { type = totp, secret = \"%s\" } ]"
            .formatted(seed);
    try (RealSshd jump =
            RealSshd.in(folder)
                .pam(Pam.PASSWORD_THEN_CODE)
                .option("AuthenticationMethods", "keyboard-interactive")
                .option("KbdInteractiveAuthentication", "yes")
                .start();
        RealSshd far = RealSshd.in(folder).start();
        Postern postern =
            Postern.builder()
                .configuration(file(jump, mfa, group(20, far, shared), far))
                .person(answering(questions))
                .build()) {
      FleetSummary summary = run(postern, FleetOrder.of(postern.targets("all"), "true"));
      assertThat(summary.succeeded()).as(heard.failures::toString).isEqualTo(20);
      assertThat(questions).containsExactly("Jump: ", "Switches: ");
      assertThat(jump.log()).containsOnlyOnce("Accepted keyboard-interactive");
    }
  }

  @Test
  void aServerThatDropsHandshakesLosesNoTarget() throws Exception {
    try (RealSshd jump = RealSshd.in(folder).start();
        RealSshd far = RealSshd.in(folder).option("MaxStartups", "3").start();
        Postern postern = Postern.load(file(jump, key, group(24, far, key), far))) {
      FleetSummary summary = run(postern, FleetOrder.of(postern.targets("all"), "true"));
      assertThat(summary.succeeded()).as(heard.failures::toString).isEqualTo(24);
    }
  }

  @Test
  void aLostJumpIsNamedByAllThatRodeOnIt() throws Exception {
    try (RealSshd jump = RealSshd.in(folder).start();
        RealSshd far = RealSshd.in(folder).start();
        Postern postern = Postern.load(file(jump, key, group(12, far, key), far));
        FleetRun run =
            postern.run(
                FleetOrder.of(postern.targets("all"), "sleep 100").parallel(10).build(), heard)) {
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> heard.started.size() == 10);
      jump.kill();
      assertThat(run.await().failed()).isEqualTo(12);
      assertThat(heard.failures)
          .hasSize(12)
          .allSatisfy((name, failure) -> assertThat(failure).hasMessageContaining("hop 1/2"));
      assertThat(heard.failures.values().stream().map(failure -> failure.code()))
          .contains(Code.LINK_LOST);
    }
  }

  @Test
  void aLostJumpIsOpenedAnewOnceForAllAndAsksThePersonOnce() throws Exception {
    Typist typist = new Typist(account.password(), account.password());
    FleetSummary summary = runAcrossALostJump(typist);
    assertThat(typist.questions)
        .containsExactly(
            account.name() + "@127.0.0.1's password: ", account.name() + "@127.0.0.1's password: ");
    assertThat(typist.mostAtOnce).hasValue(1);
    assertThat(summary.succeeded()).isEqualTo(60 - summary.failed()).isGreaterThan(40);
    assertThat(heard.failures.values())
        .as("what ran when it was lost; what was being opened is opened anew")
        .allSatisfy(
            failure -> assertThat(failure).hasMessageMatching(".*hop 1/2.*\\[PST-T00[59]\\]"));
  }

  @Test
  void whoDeclinesToSignInToALostJumpIsNotAskedAgainAndTheRestFailAtOnce() throws Exception {
    Typist typist = new Typist(account.password());
    FleetSummary summary = runAcrossALostJump(typist);
    assertThat(typist.questions).hasSize(2);
    assertThat(summary.targets()).isEqualTo(60);
    assertThat(heard.failures.get("t60"))
        .hasMessageStartingWith("hop 1/2 %s@127.0.0.1 auth: ", account.name())
        .hasMessageContaining("nobody typed an answer");
    assertThat(heard.failures).hasSize(60 - summary.succeeded()).hasSizeGreaterThan(30);
  }

  private FleetSummary runAcrossALostJump(Typist typist) throws Exception {
    try (RealSshd jump = RealSshd.in(folder).start();
        RealSshd far = RealSshd.in(folder).start();
        Postern postern =
            Postern.builder()
                .configuration(file(jump, "[ { type = interactive } ]", group(60, far, key), far))
                .person(typist)
                .build();
        FleetRun run =
            postern.run(
                FleetOrder.of(postern.targets("all"), "sleep 0.3").parallel(8).build(), heard)) {
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> heard.statuses.size() > 3);
      jump.killSessions();
      return run.await();
    }
  }

  @Test
  void aWrongPasswordGoesToOneTargetOnlyWhereManyReachedTheSameMomentTogether() throws Exception {
    try (RealSshd jump = RealSshd.in(folder).option("MaxSessions", "100").start();
        RealSshd far = RealSshd.in(folder).option("MaxStartups", "100").start();
        Blackhole silent = new Blackhole(far.port())) {
      silent.swallow(true);
      String targets = "{ name = t1, port = %d }, %s".formatted(silent.port(), many(2, 60, far));
      String wrong = "[ { type = password, password = wrong } ]";
      try (Postern postern = Postern.load(file(jump, key, group(targets, wrong), far))) {
        // The first is silent, so that after a while the others go without it.
        FleetSummary summary =
            run(
                postern,
                FleetOrder.of(postern.targets("all"), "true")
                    .handshakes(32)
                    .connectTimeout(Duration.ofSeconds(20)));
        assertThat(summary.failed()).isEqualTo(2);
        assertThat(summary.skipped()).isEqualTo(58);
        assertThat(heard.failures.values().stream().map(failure -> failure.code()))
            .containsOnly(Code.KEY_EXCHANGE_TIMEOUT, Code.AUTH_DENIED, Code.FLEET_SECRET_REFUSED);
        assertThat(far.logWith("Failed password")).containsOnlyOnce("Failed password");
        assertThat(far.log().lines().filter(line -> line.contains("Connection from")))
            .as("that came to the door together")
            .hasSizeGreaterThan(20);
      }
    }
  }

  @Test
  void aCommandThatTakesTooLongIsAskedToEndAndTheOthersGoOn() throws Exception {
    try (RealSshd jump = RealSshd.in(folder).start();
        RealSshd far = RealSshd.in(folder).start();
        Postern postern = Postern.load(file(jump, key, group(6, far, key), far))) {
      Path marker = account.home().resolve("first");
      String command = "mkdir %s 2>/dev/null && exec sleep 4711; echo done".formatted(marker);
      FleetSummary summary =
          run(
              postern,
              FleetOrder.of(postern.targets("all"), command).commandTimeout(Duration.ofSeconds(3)));
      assertThat(summary.succeeded()).isEqualTo(5);
      assertThat(heard.failures.values())
          .singleElement()
          .satisfies(
              failure -> {
                assertThat(failure.code()).isEqualTo(Code.FLEET_COMMAND_TIMEOUT);
                assertThat(failure)
                    .hasMessage(
                        "hop 2/2 %s@127.0.0.1 remote: the command did not end within 3 s; it was asked to end [PST-R003]",
                        account.name());
              });
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Commands.run("sh", "-c", "pgrep -f 'sleep [4]711' || true").isEmpty());
    }
  }

  @Test
  void cancellingLeavesNothing() throws Exception {
    try (RealSshd jump = RealSshd.in(folder).start();
        RealSshd far = RealSshd.in(folder).start();
        Postern postern = Postern.load(file(jump, key, group(12, far, key), far))) {
      FleetRun run =
          postern.run(
              FleetOrder.of(postern.targets("all"), "exec sleep 4712").parallel(4).build(), heard);
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> heard.started.size() == 4);
      run.cancel();
      FleetSummary summary = run.await();
      assertThat(summary.failed()).isEqualTo(4);
      assertThat(summary.skipped()).isEqualTo(8);
      assertThat(heard.failures.values())
          .allSatisfy(failure -> assertThat(failure.code()).isEqualTo(Code.FLEET_STOPPED));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                assertThat(Commands.run("sh", "-c", "pgrep -f 'sleep [4]712' || true")).isEmpty();
                assertThat(jump.log()).contains("Closing connection to");
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("postern-fleet"));
              });
    }
  }

  @Test
  void theCommandGathersWhatIsEqual() throws Exception {
    try (RealSshd jump = RealSshd.in(folder).start();
        RealSshd far = RealSshd.in(folder).start()) {
      Path file = file(jump, key, group(3, far, key), far);
      PosternCommand.Result result =
          new PosternCommand(folder, java.util.Map.of())
              .run("run", "-F", file.toString(), "-w", "t[1-3]", "-x", "t2", "-b", "--", "echo hi");
      assertThat(result.error()).isEmpty();
      assertThat(result.output()).isEqualTo("---------------\nt[1,3] (2)\n---------------\nhi\n");
      assertThat(result.exitCode()).isZero();
    }
  }

  private FleetSummary run(Postern postern, FleetOrder.Builder order) throws InterruptedException {
    try (FleetRun run = postern.run(order.build(), heard)) {
      return run.await();
    }
  }

  private Person answering(List<String> questions) {
    return new Person() {
      @Override
      public boolean isPresent() {
        return true;
      }

      @Override
      public SecretValue ask(String question, boolean echo) {
        questions.add(question);
        return SecretValue.of(account.password());
      }

      @Override
      public void tell(String text) {}
    };
  }

  /** Types some answers, then none. */
  private static final class Typist implements Person {
    private final Deque<String> answers;
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private final AtomicInteger asking = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    Typist(String... answers) {
      this.answers = new ConcurrentLinkedDeque<>(List.of(answers));
    }

    @Override
    public boolean isPresent() {
      return true;
    }

    @Override
    public SecretValue ask(String question, boolean echo) throws SecretException {
      mostAtOnce.accumulateAndGet(asking.incrementAndGet(), Math::max);
      try {
        questions.add(question);
        String answer = answers.poll();
        if (answer == null) {
          throw new SecretException("nobody typed an answer");
        }
        return SecretValue.of(answer);
      } finally {
        asking.decrementAndGet();
      }
    }

    @Override
    public void tell(String text) {}
  }

  private static String group(int count, RealSshd server, String plan) {
    return group(many(1, count, server), plan);
  }

  private static String many(int first, int last, RealSshd server) {
    List<String> targets = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      targets.add("{ name = t%d, port = %d }".formatted(i, server.port()));
    }
    return String.join(", ", targets);
  }

  private static String group(String targets, String plan) {
    return targets.replaceAll("(name = \\S+),", "$1, host = 127.0.0.1,") + "\n] , auth = " + plan;
  }

  private Path file(RealSshd jump, String plan, String group, RealSshd... far) throws Exception {
    Path known = folder.resolve("known_hosts");
    StringBuilder lines = new StringBuilder(jump.knownHostsLine("127.0.0.1"));
    for (RealSshd server : far) {
      lines.append(server.knownHostsLine("127.0.0.1"));
    }
    Files.writeString(known, lines);
    return Files.writeString(
        folder.resolve("fleet.conf"),
        """
        postern {
          defaults { known-hosts = ["%s"], user = %s, connect-timeout = 60s }
          routes.jump.hops = [ { host = 127.0.0.1, port = %d, auth = %s } ]
          groups.all { via = jump, targets = [ %s }
        }
        """
            .formatted(known, account.name(), jump.port(), plan, group));
  }
}
