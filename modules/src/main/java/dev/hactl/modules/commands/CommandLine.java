package dev.hactl.modules.commands;

import dev.hactl.engine.module.BadValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a command into words as a POSIX shell does (XCU 2.2 Quoting), but expands nothing: no
 * variables, no globs, no substitutions.
 */
public final class CommandLine {
  private static final Set<String> OPERATORS =
      Set.of("|", "||", "&", "&&", ";", "<", ">", ">>", "<<", "2>", "2>>", "2>&1", "&>");

  /** Ansible's old way to write parameters into the command itself. */
  static final Pattern PARAMETER =
      Pattern.compile("(chdir|creates|removes|executable|stdin|check)=(.*)", Pattern.DOTALL);

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private boolean quoted;
  private int at;

  private CommandLine(String text) {
    this.text = text;
  }

  /**
   * The words of a command.
   *
   * @throws BadValue for a quote that is not closed, for shell operators that a program would get
   *     as arguments, and for parameters written into the command
   */
  public static List<String> words(String text) {
    var line = new CommandLine(text);
    line.split();
    return line.words;
  }

  /** Refuses a parameter written into a command, as Ansible's free form once allowed. */
  static void refuseParameter(String word) {
    Matcher parameter = PARAMETER.matcher(word);
    if (parameter.matches()) {
      throw new BadValue(
          "'" + parameter.group(1) + "=' inside the command would be an argument of the program",
          "write '"
              + parameter.group(1)
              + ": ...' as a parameter of its own, or put the word in quotes");
    }
  }

  private void split() {
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case ' ', '\t', '\n', '\r' -> {
          end();
          at++;
        }
        case '\'' -> single();
        case '"' -> doubled();
        case '\\' -> escaped();
        default -> {
          add(c);
          at++;
        }
      }
    }
    end();
  }

  private void add(char c) {
    word.append(c);
    inWord = true;
  }

  private void end() {
    if (!inWord) {
      return;
    }
    String done = word.toString();
    if (!quoted) {
      if (OPERATORS.contains(done)) {
        throw new BadValue(
            "no shell runs this command, so '" + done + "' would be an argument of the program",
            "use shell: for pipes and redirections, or put the word in quotes");
      }
      refuseParameter(done);
    }
    words.add(done);
    word.setLength(0);
    inWord = false;
    quoted = false;
  }

  private void single() {
    int close = text.indexOf('\'', at + 1);
    if (close < 0) {
      throw unclosed();
    }
    word.append(text, at + 1, close);
    inWord = true;
    quoted = true;
    at = close + 1;
  }

  private void doubled() {
    inWord = true;
    quoted = true;
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return;
      }
      boolean escape =
          c == '\\' && at + 1 < text.length() && "\"\\$`\n".indexOf(text.charAt(at + 1)) >= 0;
      if (!escape) {
        word.append(c);
      } else if (text.charAt(++at) != '\n') {
        word.append(text.charAt(at));
      }
    }
    throw unclosed();
  }

  private void escaped() {
    if (at + 1 == text.length()) {
      throw new BadValue("the command ends in a backslash");
    }
    char next = text.charAt(at + 1);
    if (next != '\n') {
      add(next);
      quoted = true;
    }
    at += 2;
  }

  private static BadValue unclosed() {
    return new BadValue(
        "a quote in the command is not closed", "close it, or give the words as a list in argv");
  }
}
