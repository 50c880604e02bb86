package dev.hactl.modules.drbd;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What {@code drbdadm -d adjust} says would be done so that what runs matches the configuration.
 *
 * @param commands one a line, secrets hidden
 */
record Adjustment(List<String> commands) {
  /** A dry run writes its words for a shell. */
  private static final Pattern SECRET =
      Pattern.compile("(--shared-secret=)(?:\\\\.|'[^']*'|\"[^\"]*\"|\\S)+");

  /** Options take effect while the resource is in use. */
  private static final Pattern OPTIONS =
      Pattern.compile("(disk|net|peer-device|resource|path)-options");

  /**
   * These make or join what is not there yet. {@code repair-md} and {@code apply-al} prepare a disk
   * that is about to be attached; the former since drbd-utils 9.24, see drbdadm(8).
   */
  private static final Pattern JOINING =
      Pattern.compile(
          "new-(resource|minor|peer|path)|repair-md|apply-al|attach|connect|primary|wait-\\S+");

  /** Copies the list. */
  Adjustment {
    commands = List.copyOf(commands);
  }

  /** Reads the dry run's output. */
  static Adjustment parse(String text) {
    return new Adjustment(
        text.lines()
            .filter(l -> l.startsWith("drbdsetup") || l.startsWith("drbdmeta"))
            .map(l -> SECRET.matcher(l.strip()).replaceAll("$1<secret>"))
            .toList());
  }

  /**
   * What a dry run on the whole may do.
   *
   * <p>With {@code --set-defaults} a net-options call is listed even when only defaults differ; the
   * dry run of a resource that is as configured is empty.
   */
  enum Effect {
    NOTHING,
    /** Options only. */
    OPTIONS,
    /** Something that is not there is made, attached or connected. */
    JOINS,
    /** The replication is interrupted. */
    INTERRUPTS,
    /** A disk is taken away or exchanged. */
    REPLACES
  }

  /** The strongest effect of the commands. */
  Effect effect() {
    Effect strongest = Effect.NOTHING;
    for (String command : commands) {
      Effect one = effect(command);
      if (one.compareTo(strongest) > 0) {
        strongest = one;
      }
    }
    return strongest;
  }

  private static Effect effect(String command) {
    for (String word : command.split(" ", -1)) {
      if (OPTIONS.matcher(word).matches()) {
        return Effect.OPTIONS;
      }
      if (JOINING.matcher(word).matches()) {
        return Effect.JOINS;
      }
      if (word.equals("disconnect") || word.equals("del-peer") || word.equals("del-path")) {
        return Effect.INTERRUPTS;
      }
    }
    return Effect.REPLACES;
  }

  boolean empty() {
    return commands.isEmpty();
  }
}
