package dev.hactl.engine.module;

import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Why a host is not as wanted although the steps ended well.
 *
 * @param text what the operator reads; may have several lines, such as the end of a journal
 * @param hopeless whether waiting any longer is in vain
 */
public record Diagnosis(String text, boolean hopeless) {

  /** A line for each member that was observed. */
  public static <S> Diagnosis of(Members<S> seen, Function<S, String> says, boolean hopeless) {
    return new Diagnosis(
        seen.observed().entrySet().stream()
            .map(e -> e.getKey() + ": " + says.apply(e.getValue()))
            .collect(Collectors.joining("\n")),
        hopeless);
  }
}
