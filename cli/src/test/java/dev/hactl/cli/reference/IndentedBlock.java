package dev.hactl.cli.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines that a page shows indented, between blank lines: commands, or what something prints.
 *
 * @param page the page's name
 * @param number of its first line
 * @param lines without the indentation
 */
record IndentedBlock(String page, int number, List<String> lines) {
  private static final int INDENT = 4;

  /** Lines that somebody types, and what is said about them behind some blanks. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:[A-Z_]+=\\S+ )*(?:(?:\\./)?(?:hactl|mvnw|lab/\\w+)"
              + "|mvn|umask|printf|chmod|mkdir|ln|man|source|pcs|stonith_admin|sh|cd|git|curl|apt)"
              + "(?: .*|$)");

  private static final Pattern REMARK = Pattern.compile(" {2,}(?![-<>|]).*$");

  /** Those of a page, fenced blocks left out. */
  static List<IndentedBlock> of(Path page) throws IOException {
    var blocks = new ArrayList<IndentedBlock>();
    List<String> open = new ArrayList<>();
    boolean fenced = false;
    boolean afterBlank = true;
    int number = 0;
    int first = 0;
    for (String line : Files.readAllLines(page)) {
      number++;
      fenced ^= line.startsWith("```");
      int indent = line.length() - line.stripLeading().length();
      if (line.isBlank()) {
        afterBlank = true;
        continue;
      }
      boolean inside = !fenced && indent >= INDENT && (afterBlank || !open.isEmpty());
      if (!open.isEmpty() && (!inside || (afterBlank && indent <= indent(open.getFirst())))) {
        blocks.add(new IndentedBlock(page.getFileName().toString(), first, stripped(open)));
        open = new ArrayList<>();
      }
      if (inside) {
        first = open.isEmpty() ? number : first;
        open.add(line);
      }
      afterBlank = false;
    }
    if (!open.isEmpty()) {
      blocks.add(new IndentedBlock(page.getFileName().toString(), first, stripped(open)));
    }
    return blocks;
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  private static List<String> stripped(List<String> lines) {
    int margin = indent(lines.getFirst());
    return lines.stream().map(l -> l.substring(Math.min(margin, indent(l)))).toList();
  }

  /** Whether it begins with something that is typed. */
  boolean typed() {
    return isCommand(lines.getFirst());
  }

  /** The command lines in it. */
  List<String> commands() {
    return lines.stream()
        .filter(IndentedBlock::isCommand)
        .map(l -> REMARK.matcher(l).replaceFirst(""))
        .toList();
  }

  private static boolean isCommand(String line) {
    return COMMAND.matcher(line).matches();
  }

  @Override
  public String toString() {
    return page + ":" + number + ": " + lines.getFirst();
  }
}
