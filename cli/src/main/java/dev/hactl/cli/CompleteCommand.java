package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import java.util.List;

/**
 * What the scripts of {@link CompletionCommand} call on every press of the tab key: the words of
 * the command line so far, without the program's name, the last of them unfinished and perhaps
 * empty.
 *
 * <p>The first line of the answer says what it is: {@code words}, {@code files} or {@code folders},
 * and how many characters of the unfinished word stand before what is completed (as {@code db1,} in
 * {@code db1,d}). After {@code words} they follow, one a line, with a tab and a description where
 * there is one. Files are the shell's own business.
 *
 * <p>Nothing is ever complained about here, and no program is started: a person is typing.
 */
final class CompleteCommand {
  /** The command, which help does not list. */
  static final String WORD = "__complete";

  private CompleteCommand() {}

  static ExitCode run(List<String> words, Terminal terminal) {
    Suggestion answer = answer(words);
    terminal.out().println(answer.kind() + " " + answer.skipped());
    answer
        .words()
        .forEach((word, description) ->
            terminal.out().println(description.isEmpty() ? word : word + "\t" + description));
    terminal.out().flush();
    return ExitCode.OK;
  }

  private static Suggestion answer(List<String> words) {
    try {
      return Completion.of(words);
    } catch (RuntimeException unfinished) {
      // What is half written may be wrong in any way; then there is nothing to offer.
      return Suggestion.nothing();
    }
  }
}
