package dev.hactl.modules.packages;

import java.util.List;

/** The command lines of one tool. */
sealed interface Commands permits AptCommands, RpmCommands {

  static Commands of(Tool tool) {
    return tool.dpkg() ? new AptCommands() : new RpmCommands(tool);
  }

  /** Read-only: prints what the transaction would do. */
  String simulation(Request request, Options options);

  /** Reads what {@link #simulation} printed. */
  Simulation read(String text);

  /**
   * The transaction, as shell commands of {@link Transaction}.
   *
   * @param mayRemove whether packages may go away that the request does not name
   */
  String run(Request request, Options options, boolean mayRemove);

  /** Fetches the package lists. */
  String refresh(Options options);

  /**
   * Ends what an interrupted transaction left.
   *
   * @param broken packages whose files cannot be trusted
   * @param noted packages that a transaction of hactl was about
   */
  String repair(List<String> broken, List<String> noted, Options options);

  /** Read-only: exits 0 when exactly these packages would be removed. */
  String removesOnly(Request request, List<Move> removed, Options options);
}
