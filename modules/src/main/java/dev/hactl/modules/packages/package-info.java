/** Packages and package repositories: one family over dpkg and rpm. */
@NullMarked
package dev.hactl.modules.packages;

import org.jspecify.annotations.NullMarked;
