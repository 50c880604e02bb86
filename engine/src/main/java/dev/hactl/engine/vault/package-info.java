/**
 * Before the stations: texts in the format of Ansible Vault, and the passwords that open them.
 * Knows nothing but the JDK.
 */
@NullMarked
package dev.hactl.engine.vault;

import org.jspecify.annotations.NullMarked;
