package dev.hactl.lab;

import java.util.Locale;

/** The kinds of host the lab has an image for. */
public enum HostKind {
  /** Debian with apt, several shells and no Python. */
  DEBIAN,
  /** The same with dnf, yum and rpm instead of apt. */
  RPM;

  /** The name of this kind in the lab's scripts and its inventory group. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
