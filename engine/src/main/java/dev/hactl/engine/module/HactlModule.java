package dev.hactl.engine.module;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a module. The build collects every annotated class into the index {@code
 * META-INF/hactl/modules}, so that no list has to be edited and no class is loaded that a playbook
 * does not use.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface HactlModule {
  /** The name in playbooks, then aliases that mean exactly the same. */
  String[] value();
}
