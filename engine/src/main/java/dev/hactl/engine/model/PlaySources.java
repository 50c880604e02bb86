package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a play's variables and files come from.
 *
 * @param folder the folder of the playbook that holds the play
 * @param vars variables of the play and of the lines that import it, weak ones first
 * @param prompts variables that the operator is asked for
 * @param varsFiles what {@code vars_files} hold, later ones win
 * @param roles every role that the play uses, by number
 * @param uses where it uses them
 * @param moduleDefaults everything that stands in a {@code module_defaults}
 */
public record PlaySources(
    Path folder,
    List<Node.Mapping> vars,
    List<Prompt> prompts,
    List<Node.Mapping> varsFiles,
    List<Role> roles,
    List<RoleUse> uses,
    List<ModuleDefaults> moduleDefaults) {}
