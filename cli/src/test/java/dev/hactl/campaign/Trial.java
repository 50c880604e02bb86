package dev.hactl.campaign;

import java.util.List;

/**
 * What a campaign does again and again. The seed and the number decide everything about it, so that
 * it can be repeated alone and a campaign goes on where it stopped.
 */
interface Trial {
  /**
   * Hits a controller.
   *
   * @param number which hit of the campaign, from 1
   * @return what came of it, and of the other hits that cannot be had without it
   */
  List<Results.Line> perform(int number);

  /** The trial of a mode. */
  static Trial of(Options options) {
    return switch (options.mode()) {
      case KILLS, SIGNALS -> HostTrial.of(options);
      case SITE -> RoadTrial.of(options);
    };
  }
}
