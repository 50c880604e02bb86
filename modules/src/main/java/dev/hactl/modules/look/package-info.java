/** One question to a host made of several shell texts, shared texts run once. */
@NullMarked
package dev.hactl.modules.look;

import org.jspecify.annotations.NullMarked;
