package dev.postern.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.hop.Endpoint;
import dev.postern.fleet.FleetTarget;
import dev.postern.fleet.TargetNames;
import dev.postern.route.Explanation;
import dev.postern.route.Route;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupsTest {
  private static final String FILE =
      """
      postern {
        defaults.connect-timeout = 3s
        routes.jump { user = alice, auth-timeout = 9s
          hops = [ { host = bastion, auth = [ publickey ] } ] }
        groups.sw {
          via = jump
          targets = ["sw[01-03]", { name = core, host = 10.0.0.1, port = 2222, user = root }]
          user = admin
          auth = [ { type = password, password = pw } ]
        }
        groups.lab { targets = [a], authority = own, auth = [ { type = password, password = pw } ] }
      }
      """;

  @TempDir private Path folder;
  private Book book;

  @BeforeEach
  void begin() {
    book = new Book(folder);
  }

  @Test
  void aTargetComesAfterTheHopsOfTheRouteThatLeadsToIt() {
    RouteBook routes = book.load(FILE);
    assertThat(routes.groupNames()).containsExactly("sw", "lab");
    assertThat(TargetNames.fold(routes.targets("sw"))).isEqualTo("sw[01-03],core");
    TargetPlan way = routes.targetPlans(SharedSecrets.NONE).plan(FleetTarget.ofGroup("sw", "sw02"));
    List<HopPlan> hops = way.plan().hops();
    assertThat(hops).hasSize(2);
    assertThat(hops.get(0).info()).hasToString("hop 1/2 alice@bastion");
    assertThat(hops.get(0).policy().authTimeout()).hasSeconds(9);
    assertThat(hops.get(1).info()).hasToString("hop 2/2 admin@sw02");
    assertThat(hops.get(1).policy().authTimeout()).as("the route's is its own").hasSeconds(120);
    assertThat(hops.get(1).policy().connectTimeout()).hasSeconds(3);
    assertThat(hops.get(1).transport().type()).isEqualTo("jump");
    assertThat(hops.get(0).sharingKey())
        .as("the route itself shares its hop")
        .isEqualTo(routes.plan("jump").hops().get(0).sharingKey());
  }

  @Test
  void targetsThatDifferInTheirHostsAloneAreMadeAfterTheFirstAsIfTheyHadBeenRead() {
    RouteBook routes = book.load(FILE);
    TargetPlans plans = routes.targetPlans(SharedSecrets.NONE);
    HopPlan first = last(plans, "sw01");
    HopPlan third = last(plans, "sw03");
    HopPlan read = last(routes.targetPlans(SharedSecrets.NONE), "sw03");
    assertThat(third.auth().get(0)).isSameAs(first.auth().get(0)).isNotSameAs(read.auth().get(0));
    assertThat(third.info()).isEqualTo(read.info()).hasToString("hop 2/2 admin@sw03");
    assertThat(third.sharingKey()).isEqualTo(read.sharingKey()).isNotEqualTo(first.sharingKey());
    assertThat(third.policy()).isEqualTo(read.policy());
    assertThat(third.authorities()).isEqualTo(read.authorities());
    assertThat(last(plans, "core").info().endpoint()).isEqualTo(new Endpoint("10.0.0.1", 2222));
  }

  @Test
  void aTargetWhoseHostCannotBeOneIsFoundAmongThoseThatAreAlike() {
    String group = "{ name = a, host = h1 }, { name = b, host = \"-h2\" }, { name = c, host = h3 }";
    assertThat(
            book.problems(
                () ->
                    book.load(
                        "postern.groups.g { targets = [%s], auth = [ publickey ] }"
                            .formatted(group))))
        .singleElement()
        .asString()
        .contains("cannot be a host's name or address");
  }

  @Test
  void aTargetMaySayOtherThanItsGroup() {
    HopPlan last = last(book.load(FILE), FleetTarget.ofGroup("sw", "core"));
    assertThat(last.info().endpoint()).isEqualTo(new Endpoint("10.0.0.1", 2222));
    assertThat(last.info().user()).isEqualTo("root");
  }

  @Test
  void aTargetInCodeGoesThroughARouteOfTheFile() {
    Route own = Route.named("x").hop("admin", "h", hop -> {}).set("connect-timeout", "7s").build();
    HopPlan last = last(book.load(FILE), FleetTarget.behind("jump", "x", own));
    assertThat(last.info()).hasToString("hop 2/2 admin@h");
    assertThat(last.policy().connectTimeout()).hasSeconds(7);
  }

  @Test
  void anAuthorityIsTheSameSecretForTheSameUser() {
    RouteBook routes = book.load(FILE);
    HopPlan one = last(routes, FleetTarget.ofGroup("sw", "sw01"));
    HopPlan other = last(routes, FleetTarget.ofGroup("sw", "sw02"));
    HopPlan root = last(routes, FleetTarget.ofGroup("sw", "core"));
    assertThat(one.authorities()).isEqualTo(other.authorities()).isNotEqualTo(root.authorities());
    assertThat(one.authorities().get(0)).doesNotContain("pw");
    assertThat(
            routes
                .targetPlans(SharedSecrets.NONE)
                .plan(FleetTarget.ofGroup("lab", "a"))
                .ownAuthority())
        .isTrue();
    assertThat(routes.plan("jump").hops().get(0).authorities()).containsExactly("");
  }

  @Test
  void explainsTheFirstTargetUnderTheKeysOfTheGroup() {
    Explanation explanation = book.load(FILE).explain("@sw");
    assertThat(explanation.route()).isEqualTo("@sw");
    assertThat(explanation.settings())
        .extracting(setting -> setting.path() + "=" + setting.value())
        .contains("targets=sw[01-03],core", "hops[0].host=bastion", "user=admin", "host=sw01")
        .contains("auth[0].password=***");
  }

  @Test
  void everythingIsReportedAtOnceUnderTheKeysOfTheGroup() {
    assertThat(
            book.problems(
                """
                postern {
                  routes.jump.hops = [ { host = h, prt = 1 } ]
                  groups.one {
                    via = jmp
                    targets = ["a[1-999999999]", "-x", 5, { port = 1 }, ok, ok]
                    usr = x
                    port = 0
                    authority = mine
                  }
                  groups.two { via = jump, hops = [], targets = [] }
                  groups.three { via = jump, host = h, targets = ["b[1-2]"] }
                  groups.four = 1
                }
                """))
        .containsExactly(
            "postern.conf:2: routes.jump.hops[0].prt: unknown setting for a hop. Did you mean 'port'? [PST-C002]",
            "postern.conf:2: routes.jump.hops[0].auth: missing: a hop needs 'auth', a list, each element an object [PST-C004]",
            "postern.conf:3: groups.one.auth: missing: a hop needs 'auth', a list, each element an object [PST-C004]",
            "postern.conf:4: groups.one.via: no route 'jmp'. Did you mean 'jump'? It is the route whose hops lead to the targets [PST-C005]",
            "postern.conf:5: groups.one.targets[0]: \"a[1-999999999]\" stands for more than 100000 targets [PST-R004]",
            "postern.conf:5: groups.one.targets[1]: \"-x\" cannot be the name of a target [PST-R004]",
            "postern.conf:5: groups.one.targets[3]: expected the name of a target, names such as \"web[01-20]\", or an object with 'name' and settings of a hop [PST-C004]",
            "postern.conf:5: groups.one.targets[5]: the target 'ok' is there twice [PST-C003]",
            "postern.conf:6: groups.one.usr: unknown setting for a hop. Did you mean 'user'? [PST-C002]",
            "postern.conf:7: groups.one.port: 0 is not a port from 1 to 65535 [PST-C003]",
            "postern.conf:8: groups.one.authority: expected shared (one place knows the secrets of all targets) or own (each target knows its own) [PST-C003]",
            "postern.conf:10: groups.two.targets: a group needs 'targets', a list such as [\"web[01-20]\", db1] [PST-C003]",
            "postern.conf:10: groups.two.via: a group has either 'via', the name of a route, or 'hops' of its own [PST-C003]",
            "postern.conf:11: groups.three.host: a group has no host; its targets have [PST-C002]",
            "postern.conf:11: groups.three.auth: missing: a hop needs 'auth', a list, each element an object [PST-C004]",
            "postern.conf:12: groups.four: expected an object with the targets and settings of a group [PST-C003]");
  }

  @Test
  void anUnknownGroupOrTargetIsNamed() {
    RouteBook routes = book.load(FILE);
    assertThat(book.problems(() -> routes.targets("swx")))
        .containsExactly(
            "no group 'swx'. Did you mean 'sw'? Of groups, there is 'sw', 'lab' [PST-R005]");
    assertThat(
            book.problems(
                () ->
                    routes.targetPlans(SharedSecrets.NONE).plan(FleetTarget.ofGroup("sw", "sw9"))))
        .containsExactly("the group 'sw' has no target 'sw9' [PST-R005]");
  }

  private static HopPlan last(TargetPlans plans, String target) {
    return plans.plan(FleetTarget.ofGroup("sw", target)).plan().hops().get(1);
  }

  private static HopPlan last(RouteBook routes, FleetTarget target) {
    List<HopPlan> hops = routes.targetPlans(SharedSecrets.NONE).plan(target).plan().hops();
    return hops.get(hops.size() - 1);
  }
}
