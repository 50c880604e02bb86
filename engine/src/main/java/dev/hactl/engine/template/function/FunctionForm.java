package dev.hactl.engine.template.function;

import java.util.List;

/**
 * How a function is called, what it is for, and an example that a test evaluates.
 *
 * @param name as it is written in expressions
 * @param parameters their names in order; one that may be left out in square brackets, one that may
 *     be repeated ends with three dots
 * @param what one sentence without a full stop
 * @param example an expression
 * @param result what the example comes to, as JSON
 */
public record FunctionForm(
    String name, String parameters, String what, String example, String result) {

  /** The form that messages and the documentation show. */
  public String signature() {
    return name + "(" + parameters + ")";
  }

  /** The names of the parameters. */
  List<String> names() {
    return List.of(parameters.replaceAll("[\\[\\].]", "").split(", "));
  }

  /** Why it cannot be called with so many arguments; empty when it can. */
  public String refuses(int arguments) {
    int most = names().size();
    int optional = (int) parameters.chars().filter(c -> c == '[').count();
    int least = most - optional;
    boolean open = parameters.endsWith("...");
    if (arguments >= least && (open || arguments <= most)) {
      return "";
    }
    String wanted = open ? "at least " + least : optional > 0 ? least + " to " + most : "" + least;
    return "'"
        + signature()
        + "' takes "
        + wanted
        + (wanted.equals("1") || wanted.equals("at least 1") ? " argument" : " arguments")
        + ", this has "
        + arguments;
  }
}
