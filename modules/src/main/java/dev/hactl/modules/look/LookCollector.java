package dev.hactl.modules.look;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Collector;
import dev.hactl.modules.text.Sections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;

/** Runs every different text of any number of questions once, each in a subshell of its own. */
enum LookCollector implements Collector<Look> {
  INSTANCE;

  @Override
  public String script(List<Look> questions, String nonce) {
    var script = new StringBuilder();
    List<String> texts = texts(questions);
    for (int i = 0; i < texts.size(); i++) {
      script.append(Sections.mark(nonce, "part " + i));
      script.append("(:\n").append(texts.get(i)).append("\n)\n");
    }
    return script.append(Sections.mark(nonce, "end")).toString();
  }

  private static List<String> texts(List<Look> questions) {
    var texts = new LinkedHashSet<String>();
    questions.forEach(q -> texts.addAll(q.parts().values()));
    return List.copyOf(texts);
  }

  @Override
  public List<Answer> split(List<Look> questions, String nonce, byte[] output) {
    Sections sections = Sections.of(nonce, output);
    if (sections.get("end").isEmpty()) {
      return questions.stream().map(q -> Answer.missing()).toList();
    }
    List<String> texts = texts(questions);
    var answers = new ArrayList<Answer>();
    for (Look question : questions) {
      var parts = new LinkedHashMap<String, String>();
      question
          .parts()
          .forEach((name, text) -> parts.put(name, sections.body("part " + texts.indexOf(text))));
      answers.add(Look.Seen.answer(parts));
    }
    return answers;
  }
}
