package dev.hactl.engine.template.function;

import dev.hactl.engine.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of one kind. */
interface Group {

  /** The heading in the documentation. */
  String title();

  /** What it has. */
  List<FunctionForm> forms();

  /**
   * Whether results consist of the arguments' own values, each with its own secrecy; otherwise a
   * result is secret when any argument is.
   */
  default boolean moves(String name) {
    return false;
  }

  /**
   * Calls one of its functions with as many arguments as that takes.
   *
   * @return null for what is missing
   * @throws BadCall when an argument does not fit
   */
  @Nullable Value call(String name, Args args);
}
