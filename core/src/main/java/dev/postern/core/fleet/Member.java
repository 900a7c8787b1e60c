package dev.postern.core.fleet;

import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.Trail;
import dev.postern.core.config.HopPlan;
import dev.postern.core.config.RoutePlan;
import dev.postern.core.config.TargetPlan;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.HopWatch;
import dev.postern.core.hop.Verdicts;
import dev.postern.fleet.FleetTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A target of a run, and how far it has come. */
final class Member {
  private final FleetTarget target;
  private final RoutePlan plan;
  private final String jump;
  private final String address;
  private final List<String> authorities;

  /** Set once it has ended, one way or another; whoever sets it has the last word. */
  private final AtomicBoolean over = new AtomicBoolean();

  /** Guarded by {@link Admission}, as what comes next. */
  int retries;

  long notBefore;
  volatile boolean begun;

  /** Guarded by {@link Visits}, as what comes next. */
  @Nullable CompletableFuture<Circuit> opening;

  volatile @Nullable Circuit circuit;
  volatile @Nullable CompletableFuture<Void> timer;

  /** While its command runs. */
  volatile @Nullable RemoteProcess process;

  Member(
      FleetTarget target,
      TargetPlan way,
      Optional<Duration> connectTimeout,
      Answers answers,
      Authorities verdicts) {
    this.target = target;
    List<HopPlan> hops = way.plan().hops();
    HopPlan last = hops.get(hops.size() - 1);
    this.authorities =
        last.authorities().stream()
            .map(key -> key.isEmpty() || !way.ownAuthority() ? key : key + " " + target.name())
            .toList();
    List<HopPlan> watched = new ArrayList<>();
    StringBuilder before = new StringBuilder();
    for (HopPlan hop : hops.subList(0, hops.size() - 1)) {
      HopPlan own = hop.with(policy(hop, connectTimeout), new JumpWatch(answers));
      watched.add(own);
      before.append(own.sharingKey()).append('\n');
    }
    watched.add(
        last.with(
            policy(last, connectTimeout),
            new TargetWatch(target.name(), last, authorities, verdicts)));
    this.plan = way.plan().with(watched);
    this.jump = before.toString();
    this.address = jump + last.info().endpoint();
  }

  private static HopPolicy policy(HopPlan hop, Optional<Duration> connectTimeout) {
    return connectTimeout.map(hop.policy()::withConnectTimeout).orElse(hop.policy());
  }

  FleetTarget target() {
    return target;
  }

  String name() {
    return target.name();
  }

  RoutePlan plan() {
    return plan;
  }

  /** The hops on the way; empty if there are none. */
  String jump() {
    return jump;
  }

  RoutePlan jumpPlan() {
    return plan.with(plan.hops().subList(0, plan.hops().size() - 1));
  }

  /** The endpoint, and from where. */
  String address() {
    return address;
  }

  List<String> authorities() {
    return authorities;
  }

  boolean hasSecrets() {
    return authorities.stream().anyMatch(key -> !key.isEmpty());
  }

  HopInfo hop() {
    return plan.hops().get(plan.hops().size() - 1).info();
  }

  boolean isOver() {
    return over.get();
  }

  /** Whether this call ended it. */
  boolean end() {
    return over.compareAndSet(false, true);
  }

  CircuitException failure(HopFailure failure) {
    Circuit open = circuit;
    return new CircuitException(
        failure.code(),
        failure.phase(),
        hop(),
        failure.sentence(),
        open == null ? new Trail(List.of()) : open.trail(),
        failure);
  }

  /** At the target's own hop. */
  private record TargetWatch(String name, HopPlan hop, List<String> keys, Authorities verdicts)
      implements HopWatch {
    @Override
    public String label() {
      return name.equals(hop.info().endpoint().host()) ? "" : name;
    }

    @Override
    public Verdicts of(int strategy) {
      String key = keys.get(strategy);
      return key.isEmpty() ? Verdicts.NOBODY : verdicts.of(key, name, hop.info().user());
    }
  }

  /** At a hop on the way, which is passed once for all. */
  private record JumpWatch(Answers answers) implements HopWatch {
    @Override
    public String label() {
      return "";
    }

    @Override
    public Verdicts of(int strategy) {
      return new Verdicts() {
        @Override
        public void sending() {}

        @Override
        public void refused() {
          answers.refused();
        }

        @Override
        public void accepted() {
          answers.accepted();
        }
      };
    }
  }
}
