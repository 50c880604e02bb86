package dev.hactl.engine.template.jinja;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Ansible gives a rendered template at least as many line ends at its end as the template has. A
 * text behind the last statement has them anyway; where a statement ends the template, it depends.
 */
final class LineEnds {
  private LineEnds() {}

  /** Whether what is put out ends with a line end whatever the statements come to. */
  private static boolean sure(List<Part> parts) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      switch (parts.get(i)) {
        case Part.Text t -> {
          return t.text().endsWith("\n");
        }
        case Part.Print p -> {
          return false;
        }
        case Part.Note n -> {}
        case Part.Tag t -> {
          if (!closes(t.code())) {
            return false;
          }
          int begin = begin(parts, i);
          if (begin < 0 || !bodies(parts, begin, i)) {
            return false;
          }
          i = begin;
        }
      }
    }
    return false;
  }

  private static boolean closes(String code) {
    return code.equals("endif") || code.equals("endfor");
  }

  /** Where the statement begins that ends here. */
  private static int begin(List<Part> parts, int end) {
    int depth = 0;
    for (int i = end; i >= 0; i--) {
      if (parts.get(i) instanceof Part.Tag t) {
        depth += closes(t.code()) ? 1 : t.code().matches("(?s)(if|for)\\b.*") ? -1 : 0;
        if (depth == 0) {
          return i;
        }
      }
    }
    return -1;
  }

  /** Whether each body ends with a line end, so that only what stands before it is left to ask. */
  private static boolean bodies(List<Part> parts, int begin, int end) {
    int depth = 0;
    int from = begin + 1;
    for (int i = begin; i <= end; i++) {
      if (!(parts.get(i) instanceof Part.Tag t)) {
        continue;
      }
      boolean opens = t.code().matches("(?s)(if|for)\\b.*");
      boolean ends = closes(t.code());
      boolean between = depth == 1 && t.code().matches("(?s)(else|elif)\\b.*");
      if (between || (ends && depth == 1)) {
        if (!sure(parts.subList(from, i))) {
          return false;
        }
        from = i + 1;
      }
      depth += opens ? 1 : ends ? -1 : 0;
    }
    return true;
  }

  /** Whether all of it is one loop, which puts out nothing when there is nothing to go over. */
  private static boolean isLoop(List<Part> parts) {
    int last = parts.size() - 1;
    return last > 0
        && parts.get(last) instanceof Part.Tag t
        && t.code().equals("endfor")
        && t.eaten()
        && begin(parts, last) == 0
        && bodies(parts, 0, last)
        && parts.stream().noneMatch(p -> p instanceof Part.Tag e && e.code().equals("else"));
  }

  /** How many line ends a text ends with. */
  static int count(String text) {
    int count = 0;
    while (count < text.length() && text.charAt(text.length() - 1 - count) == '\n') {
      count++;
    }
    return count;
  }

  /**
   * A template that puts out as many line ends at its end as Ansible sees to. Jinja leaves the last
   * one of the template away, and Ansible adds what is missing to what comes out.
   *
   * @param body the template of Jinja
   * @param parts what it consists of
   * @param write makes a template of FreeMarker from one of Jinja
   */
  static String kept(String body, List<Part> parts, UnaryOperator<String> write) {
    int count = count(body);
    if (count == 0 || textAtEnd(parts, count) || (count == 1 && sure(parts))) {
      return write.apply(body);
    }
    String template = write.apply(body.substring(0, body.length() - 1));
    String end = "</#list>";
    if (count == 1 && isLoop(parts) && template.endsWith(end)) {
      return template.substring(0, template.length() - end.length()) + "<#else>\n\n" + end + "\n";
    }
    String ends = "\\n".repeat(count);
    return "<#assign whole_text>\n"
        + template
        + "</#assign>${''}<#rt>\n<#if whole_text?ends_with('"
        + ends
        + "')>${whole_text}<#else>${whole_text?replace(r'\\n+\\z', '', 'r')}${'"
        + ends
        + "'}</#if><#rt>\n";
  }

  /** Whether the line ends at the end follow something else that is put out in any case. */
  private static boolean textAtEnd(List<Part> parts, int count) {
    int last = parts.size() - 1;
    return last >= 0
        && parts.get(last) instanceof Part.Text t
        && count(t.text()) >= count
        && (!t.text().isBlank()
            || t.text().indexOf(' ') >= 0
            || (last > 0 && parts.get(last - 1) instanceof Part.Print));
  }
}
