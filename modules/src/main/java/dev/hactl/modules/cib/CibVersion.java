package dev.hactl.modules.cib;

import java.util.Comparator;

/**
 * The version of a configuration. Pacemaker compares the three numbers from left to right.
 *
 * @param adminEpoch raised by people only
 * @param epoch raised with every change of the configuration
 * @param updates raised with every change of the status
 */
public record CibVersion(long adminEpoch, long epoch, long updates)
    implements Comparable<CibVersion> {

  private static final Comparator<CibVersion> ORDER =
      Comparator.comparingLong(CibVersion::adminEpoch)
          .thenComparingLong(CibVersion::epoch)
          .thenComparingLong(CibVersion::updates);

  @Override
  public int compareTo(CibVersion other) {
    return ORDER.compare(this, other);
  }

  /** What the next change of the configuration makes of it. */
  public CibVersion next() {
    return new CibVersion(adminEpoch, epoch + 1, 0);
  }

  @Override
  public String toString() {
    return adminEpoch + "." + epoch + "." + updates;
  }
}
