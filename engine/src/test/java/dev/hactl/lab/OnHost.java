package dev.hactl.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which host a {@link LabHost} parameter is to be; without it: the shared Debian host. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface OnHost {
  /** The kind of host. */
  HostKind value() default HostKind.DEBIAN;

  /**
   * Hosts of one kind and name are one and the same for all test classes of a JVM; a test that
   * breaks its host, or needs a pair, names its own.
   */
  String name() default "shared";
}
