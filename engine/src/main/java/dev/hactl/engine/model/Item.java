package dev.hactl.engine.model;

import java.util.List;

/** What stands in a list of tasks. */
public sealed interface Item permits Task, Block {

  /** The tasks in this item, in order. */
  List<Task> flat();
}
