package dev.hactl.engine.lint;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a {@link RuleBook}. The build collects every marked class into the index {@code
 * META-INF/hactl/rules}; only {@code hactl lint} reads it.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface HactlRules {}
