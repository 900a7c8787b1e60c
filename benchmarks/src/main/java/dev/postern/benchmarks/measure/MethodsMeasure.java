package dev.postern.benchmarks.measure;

import dev.postern.benchmarks.jmh.ConfigBinding;
import dev.postern.benchmarks.jmh.PromptMatching;
import dev.postern.benchmarks.jmh.SigningIn;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Microseconds of the auth engine, of reading a configuration and of matching prompts, by JMH. */
public final class MethodsMeasure implements Measure {
  private static final String NAME = "methods";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run(Run run) throws IOException {
    Options options =
        new OptionsBuilder()
            .include(pattern(SigningIn.class))
            .include(pattern(ConfigBinding.class))
            .include(pattern(PromptMatching.class))
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(run.effort().quick() ? 1 : 3)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(3)
            .measurementTime(TimeValue.seconds(1))
            .verbosity(VerboseMode.SILENT)
            .build();
    try {
      for (RunResult result : new Runner(options).run()) {
        String benchmark = result.getParams().getBenchmark();
        String name =
            benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .map(IterationResult::getPrimaryResult)
            .forEach(value -> run.results().add(NAME, name, "µs", value.getScore()));
      }
    } catch (RunnerException e) {
      run.results().leaveOut(NAME, "JMH", String.valueOf(e.getMessage()));
    }
  }

  private static String pattern(Class<?> benchmarks) {
    return "^" + benchmarks.getName().replace(".", "\\.") + "\\.";
  }
}
