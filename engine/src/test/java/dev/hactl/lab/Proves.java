package dev.hactl.lab;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a test proves of the systems that hactl was made for. The page {@code docs/proofs.md} is
 * made of these marks; {@code cli/src/test/resources/proofs.txt} says what each id stands for.
 */
@Documented
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Proves {
  /** Ids such as {@code S0-17}. */
  String[] value();
}
