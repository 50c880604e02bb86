package dev.hactl.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which machine a {@link LabMachine} parameter is to be; without it: the first. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface OnMachine {
  /** The machine's number: 1 or 2. */
  int value() default 1;
}
