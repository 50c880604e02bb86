package dev.hactl.engine.module;

import java.util.List;

/**
 * What a module says about itself.
 *
 * @param summary one line
 * @param description some sentences; may be empty
 * @param kind which laws hold
 * @param scope whether it looks at one host or at a whole cluster
 * @param level the lab its contract test needs
 * @param examples YAML tasks; the contract test runs them all on a real host
 * @param returns what {@code register} sees beyond the common fields
 */
public record Manual(
    String summary,
    String description,
    Kind kind,
    Scope scope,
    LabLevel level,
    List<Example> examples,
    List<Return> returns) {

  /** A state module of host scope, tested in containers, that returns nothing special. */
  public static Manual state(String summary, String description, Example... examples) {
    return new Manual(
        summary,
        description,
        Kind.STATE,
        Scope.HOST,
        LabLevel.CONTAINER,
        List.of(examples),
        List.of());
  }

  /** An action module: it does something each time unless told when it is needless. */
  public static Manual action(String summary, String description, Example... examples) {
    return new Manual(
        summary,
        description,
        Kind.ACTION,
        Scope.HOST,
        LabLevel.CONTAINER,
        List.of(examples),
        List.of());
  }

  /** A control module. */
  public static Manual control(String summary, String description, Example... examples) {
    return new Manual(
        summary,
        description,
        Kind.CONTROL,
        Scope.HOST,
        LabLevel.CONTAINER,
        List.of(examples),
        List.of());
  }

  /** The same with documented return values. */
  public Manual returning(Return... documented) {
    return new Manual(summary, description, kind, scope, level, examples, List.of(documented));
  }

  /** The same, tested at another level. */
  public Manual testedOn(LabLevel other) {
    return new Manual(summary, description, kind, scope, other, examples, returns);
  }

  /** Which laws of the contract hold for a module. */
  public enum Kind {
    /** All of them: after apply a second plan is empty. */
    STATE,
    /**
     * Verified by status only; would run again unless {@code creates}, {@code removes} or {@code
     * check} says no.
     */
    ACTION,
    /** Changes no host. */
    CONTROL
  }

  /** What a module observes. */
  public enum Scope {
    /** One host. */
    HOST,
    /** Every member of the inventory's cluster, whatever {@code --limit} says. */
    CLUSTER
  }

  /** Where the contract test of a module can run. */
  public enum LabLevel {
    /** A container with systemd and sshd. */
    CONTAINER,
    /** A machine with a kernel of its own. */
    MACHINE,
    /** No host here can run it: recorded observations with their public source. */
    RECORDS
  }

  /**
   * A task that documents the module and that the contract test applies.
   *
   * @param title what it shows
   * @param yaml one task, or several that belong together, as they stand under {@code tasks:}
   * @param before a shell text that the test runs on the host first; empty for none
   */
  public record Example(String title, String yaml, String before) {
    /** An example that needs no preparation. */
    public static Example of(String title, String yaml) {
      return new Example(title, yaml, "");
    }

    /** An example on a host prepared by a shell text. */
    public static Example on(String before, String title, String yaml) {
      return new Example(title, yaml, before);
    }
  }

  /** A documented field of the result. */
  public record Return(String name, String description) {}
}
