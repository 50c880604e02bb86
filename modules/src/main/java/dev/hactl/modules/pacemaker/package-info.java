/**
 * What a playbook says of a Pacemaker cluster: the parameters of the {@code pcs_*} modules and the
 * edits of the configuration that they stand for. No pcs and no crm is ever started.
 */
@NullMarked
package dev.hactl.modules.pacemaker;

import org.jspecify.annotations.NullMarked;
