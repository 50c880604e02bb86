package dev.hactl.engine.module;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a {@link TargetKind}. The build collects every annotated class into the index {@code
 * META-INF/hactl/targets}; none is loaded that a playbook does not name.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface HactlTarget {
  /** The name that {@code on:} has. */
  String value();
}
