package dev.hactl.modules.system;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Collector;
import dev.hactl.engine.module.Sh;
import dev.hactl.modules.text.Sections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads any number of kernel settings and the files that keep them with one grep.
 *
 * <p>The shell's own {@code read} would not do: it reads byte by byte, and most files of /proc/sys
 * give their value to the first read only.
 */
enum SysctlCollector implements Collector<SysctlQuestion> {
  INSTANCE;

  @Override
  public String script(List<SysctlQuestion> questions, String nonce) {
    var paths = new LinkedHashSet<String>();
    questions.forEach(q -> {
      paths.add(q.path());
      paths.add(q.file());
    });
    String words = Sh.words(List.copyOf(paths));
    return Sections.mark(nonce, "there")
        + "for f in "
        + words
        + "; do [ -e \"$f\" ] && printf '%s\\n' \"$f\"; done\n"
        + Sections.mark(nonce, "lines")
        + "grep -asH '' -- "
        + words
        + " /dev/null\n"
        + Sections.mark(nonce, "end");
  }

  @Override
  public List<Answer> split(List<SysctlQuestion> questions, String nonce, byte[] output) {
    Sections sections = Sections.of(nonce, output);
    if (sections.get("end").isEmpty()) {
      return questions.stream().map(q -> Answer.missing()).toList();
    }
    var there = new LinkedHashSet<>(sections.body("there").lines().toList());
    var texts = new HashMap<String, StringBuilder>();
    questions.forEach(q -> {
      texts.put(q.path() + ":", new StringBuilder());
      texts.put(q.file() + ":", new StringBuilder());
    });
    sections.body("lines").lines().forEach(l -> append(l, texts));
    return questions.stream().map(q -> answer(q, there, texts)).toList();
  }

  private static void append(String line, Map<String, StringBuilder> texts) {
    for (int colon = line.indexOf(':'); colon >= 0; colon = line.indexOf(':', colon + 1)) {
      StringBuilder text = texts.get(line.substring(0, colon + 1));
      if (text != null) {
        text.append(line, colon + 1, line.length()).append('\n');
        return;
      }
    }
  }

  /** First line: what exists; then the value; after an empty line the file. */
  private static Answer answer(
      SysctlQuestion q, Set<String> there, Map<String, StringBuilder> texts) {
    String head =
        (there.contains(q.path()) ? "key" : "-") + (there.contains(q.file()) ? " file" : " -");
    String value = String.join(" ", text(texts, q.path()).strip().split("\\s+", -1));
    return new Answer(0, Sections.bytes(head + "\n" + value + "\n" + text(texts, q.file())));
  }

  private static String text(Map<String, StringBuilder> texts, String path) {
    return texts.getOrDefault(path + ":", new StringBuilder()).toString();
  }
}
