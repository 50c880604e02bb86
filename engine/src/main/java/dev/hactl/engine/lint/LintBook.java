package dev.hactl.engine.lint;

import dev.hactl.engine.model.Playbook;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.source.Node;
import java.util.List;

/**
 * A playbook with the modules that it may call.
 *
 * @param playbook the plays
 * @param modules those built in and those beside the playbook
 * @param inventory the variables of all groups and hosts
 */
public record LintBook(Playbook playbook, Modules modules, List<Node.Mapping> inventory) {}
