package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import java.util.List;

/** This machine where no inventory names it: no connection is made to it. */
final class Localhost {
  private static final Place PLACE = Place.of("hactl");

  static final Group.VarsSource VARS =
      new Group.VarsSource(
          "hactl",
          new Node.Mapping(
              List.of(
                  new Node.Entry(
                      new Node.Scalar("ansible_connection", Node.Kind.TEXT, true, "", PLACE),
                      new Node.Scalar("local", Node.Kind.TEXT, true, "", PLACE))),
              PLACE),
          true);

  private Localhost() {}
}
