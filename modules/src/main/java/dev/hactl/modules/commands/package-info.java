/** Modules that run the playbook author's own commands. */
@NullMarked
package dev.hactl.modules.commands;

import org.jspecify.annotations.NullMarked;
