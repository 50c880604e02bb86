/** Modules that users write in YAML and shell, beside their playbook. */
@NullMarked
package dev.hactl.modules.user;

import org.jspecify.annotations.NullMarked;
