package dev.hactl.engine.module;

import java.util.List;
import java.util.Optional;

/**
 * One parameter of a form.
 *
 * @param name as written in playbooks
 * @param aliases other names that mean the same
 * @param type how it is read
 * @param required whether it must be given
 * @param fallback what {@code hactl doc} shows as the default
 * @param description one or two sentences
 * @param secret whether its value is never shown
 */
public record Field<T>(
    String name,
    List<String> aliases,
    Type<T> type,
    boolean required,
    Optional<String> fallback,
    String description,
    boolean secret) {}
