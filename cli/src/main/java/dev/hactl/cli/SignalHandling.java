package dev.hactl.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Handles POSIX signals through the JDK's only API for that, which is not a standard one and so is
 * reached by name: where it is missing, signals end hactl at once, which hosts survive as they
 * survive any lost controller.
 */
final class SignalHandling {
  private SignalHandling() {}

  static void on(String name, Runnable action) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      InvocationHandler run =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              action.run();
            }
            return null;
          };
      Object handler =
          Proxy.newProxyInstance(
              SignalHandling.class.getClassLoader(), new Class<?>[] {handlerType}, run);
      Object signal = type.getConstructor(String.class).newInstance(name);
      type.getMethod("handle", type, handlerType).invoke(null, signal, handler);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // No handler: the default action of the signal stays.
    }
  }
}
