package dev.hactl.lab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests machines with their own kernel; used through {@link WithMachines}. They come from
 * {@code lab/up --machines}, in a set of their own (HACTL_LAB_SET, default {@code test}), and end
 * with the test run. Where they cannot run the tests are skipped with the reason, and under {@code
 * CI=true} they fail.
 */
final class LabMachines implements ExecutionCondition, BeforeAllCallback, ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LabMachines.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return running(context)
        .unavailable()
        .filter(reason -> !"true".equals(System.getenv("CI")))
        .map(reason -> ConditionEvaluationResult.disabled("machine level skipped: " + reason))
        .orElseGet(() -> ConditionEvaluationResult.enabled("machines can run here"));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running(context).pristine();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LabMachine.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    int number = parameter.findAnnotation(OnMachine.class).map(OnMachine::value).orElse(1);
    return running(context).machines().get(number - 1);
  }

  private static Running running(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(Running.class, key -> new Running(), Running.class);
  }

  /** What runs for this JVM; JUnit closes it after the last class that this JVM tests. */
  static final class Running implements AutoCloseable {
    private static final int COUNT = 2;
    private static final int CANNOT = 3;
    // The first time it builds the image; it may also wait for another build of it.
    private static final int MINUTES = 20;

    private final Map<String, String> environment =
        Map.of("HACTL_LAB_SET", System.getenv().getOrDefault("HACTL_LAB_SET", "test"));
    private final LabHost.Result started = up();
    private boolean used;

    private LabHost.Result up() {
      return LabScript.run(MINUTES, environment, "up", "--machines=" + COUNT, "--fresh");
    }

    Optional<String> unavailable() {
      return started.status() == CANNOT ? Optional.of(started.err().strip()) : Optional.empty();
    }

    /** Every class but the first finds what earlier ones left, and starts again from nothing. */
    void pristine() {
      require(used ? up() : started);
      used = true;
    }

    List<LabMachine> machines() {
      require(started);
      return IntStream.rangeClosed(1, COUNT)
          .mapToObj(number -> "node" + number)
          .map(name -> new LabMachine(name, describe(name), environment))
          .toList();
    }

    private Map<String, String> describe(String name) {
      LabHost.Result result = LabScript.run(1, environment, "machine", "describe", name);
      require(result);
      Map<String, String> values = new HashMap<>();
      result
          .out()
          .lines()
          .forEach(
              line -> values.put(line.replaceFirst("=.*", ""), line.replaceFirst("[^=]*=", "")));
      return values;
    }

    private static void require(LabHost.Result result) {
      if (result.status() != 0) {
        throw new IllegalStateException("the lab failed: " + result);
      }
    }

    @Override
    public void close() {
      require(LabScript.run(2, environment, "down", "--machines"));
    }
  }
}
