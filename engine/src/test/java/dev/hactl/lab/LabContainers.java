package dev.hactl.lab;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests container hosts: {@code @ExtendWith(LabContainers.class)}, then {@code LabHost host}
 * or {@code @OnHost(HostKind.RPM) LabHost host} as a parameter of a test, constructor or life-cycle
 * method. Engine, images and keys come from {@code lab/prepare}; hosts start when first asked for
 * and end with the test run. Where the machine cannot run containers the tests are skipped with the
 * reason, and under {@code CI=true} they fail.
 */
public final class LabContainers implements ExecutionCondition, ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LabContainers.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return running(context)
        .unavailable()
        .filter(reason -> !"true".equals(System.getenv("CI")))
        .map(reason -> ConditionEvaluationResult.disabled("container level skipped: " + reason))
        .orElseGet(() -> ConditionEvaluationResult.enabled("containers can run here"));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LabHost.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter
        .findAnnotation(OnHost.class)
        .map(wanted -> host(context, wanted.value(), wanted.name()))
        .orElseGet(() -> host(context, HostKind.DEBIAN, "shared"));
  }

  /** The running host of that kind and name, started now if it is not there yet. */
  public static LabHost host(ExtensionContext context, HostKind kind, String name) {
    return running(context).host(kind, name);
  }

  private static Running running(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(Running.class, key -> new Running(), Running.class);
  }

  /** What runs for this JVM; JUnit closes it after the last class that this JVM tests. */
  static final class Running implements AutoCloseable {
    private final Preparation preparation = Preparation.run(HostKind.DEBIAN);
    private final Map<String, LabHost> hosts = new ConcurrentHashMap<>();

    Optional<String> unavailable() {
      return preparation.unavailable();
    }

    LabHost host(HostKind kind, String name) {
      return hosts.computeIfAbsent(
          kind + "/" + name,
          key ->
              LabHost.start(
                  kind == HostKind.DEBIAN ? preparation : Preparation.run(kind), kind, name));
    }

    @Override
    public void close() {
      hosts.values().forEach(LabHost::close);
    }
  }
}
