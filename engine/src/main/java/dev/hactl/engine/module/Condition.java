package dev.hactl.engine.module;

import dev.hactl.engine.value.Value;

/**
 * An expression and what it evaluated to.
 *
 * @param text as written
 * @param value its value: boolean, or unknown in check mode
 */
public record Condition(String text, Value value) {}
