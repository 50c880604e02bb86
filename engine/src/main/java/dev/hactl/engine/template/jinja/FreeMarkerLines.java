package dev.hactl.engine.template.jinja;

import java.util.regex.Pattern;

/**
 * Writes a template of FreeMarker that puts out exactly what it is told. FreeMarker leaves away a
 * line of tags alone, with its white space; where that is not meant, it is told so.
 */
final class FreeMarkerLines {
  /** What FreeMarker, or hactl's look for Jinja, would take for its own. */
  private static final Pattern SPECIAL = Pattern.compile("\\$\\{|</?[#@]|\\{\\{|\\{%");

  private final StringBuilder out = new StringBuilder();
  private boolean tags;
  private boolean solid;
  private boolean space;

  /** Whether nothing but white space follows the last tag of the line. */
  private boolean blank = true;

  /** A text as FreeMarker has to have it. */
  static String escaped(String text) {
    return SPECIAL
        .matcher(text)
        .replaceAll(m -> m.group().equals("${") ? "\\${'\\$'}{" : "\\${'" + m.group() + "'}");
  }

  void text(String text) {
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      inLine(text.substring(from, end));
      if (tags && blank) {
        out.append("<#nt>");
      }
      newLine();
      from = end + 1;
    }
    inLine(text.substring(from));
  }

  private void inLine(String text) {
    out.append(escaped(text));
    solid |= !text.isBlank();
    blank &= text.isBlank();
    space |= !text.isEmpty();
  }

  void print(String expression) {
    out.append("${").append(expression).append('}');
    solid = true;
    blank = false;
  }

  /**
   * A tag or a comment.
   *
   * @param eaten whether a line end behind it is there but not put out
   */
  void tag(String tag, boolean eaten) {
    out.append(tag);
    tags = true;
    blank = true;
    if (eaten) {
      if (solid || space) {
        out.append(solid ? "<#rt>" : "${''}<#rt>");
      }
      newLine();
    }
  }

  /**
   * A comment: FreeMarker takes the white space around one away, unless something else is there.
   */
  void note(String text, boolean eaten) {
    String comment = "<#--" + text.replace("-->", "- ->") + "-->";
    if (eaten && !space && !solid) {
      tag(comment, true);
      return;
    }
    out.append("${''}");
    solid = true;
    tag(comment + "${''}", eaten);
    blank = false;
  }

  private void newLine() {
    out.append('\n');
    tags = false;
    solid = false;
    space = false;
    blank = true;
  }

  String done() {
    if (space && !solid) {
      out.append("${''}");
    }
    return out.toString();
  }
}
