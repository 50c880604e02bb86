package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;

/**
 * What the tasks of one module are given where they do not say it themselves.
 *
 * @param name the module as written
 * @param module its short name
 * @param args parameters and their values
 */
public record ModuleDefaults(Node.Scalar name, String module, Node.Mapping args) {}
