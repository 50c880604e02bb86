package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import java.util.Optional;

/**
 * A variable that the operator is asked for.
 *
 * @param name of the variable
 * @param text what is asked
 * @param hidden whether the answer is typed unseen and secret from then on
 * @param fallback the value when nothing is typed, or when nobody can be asked
 * @param confirm whether it is asked twice
 * @param place where it stands
 */
public record Prompt(
    String name,
    String text,
    boolean hidden,
    Optional<Node.Scalar> fallback,
    boolean confirm,
    Place place) {}
