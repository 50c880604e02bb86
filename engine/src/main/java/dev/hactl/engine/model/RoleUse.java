package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import java.util.List;

/**
 * A place where a play uses a role.
 *
 * @param role the role
 * @param declared the arguments that the role declares for the tasks that are used
 * @param when conditions under which it is used
 * @param vars what it is given here, outer ones first
 * @param place the line that uses it
 */
public record RoleUse(
    Role role,
    List<Argument> declared,
    List<Node.Scalar> when,
    List<Node.Mapping> vars,
    Place place) {}
