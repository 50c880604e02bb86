package dev.hactl.engine.module;

/**
 * A kind of desired state: a form, and what to do with a filled one.
 *
 * <p>A module holds no state and prints nothing. Modules are found by the generated index that
 * {@link HactlModule} feeds; adding one touches new files only.
 *
 * @param <P> the record that holds bound parameters
 */
public sealed interface Module<P> permits HostModule, ClusterModule, ControlModule {

  /** What {@code hactl doc} prints and lint knows. */
  Manual manual();

  /** The parameters, with types and descriptions. */
  Form<P> form();
}
