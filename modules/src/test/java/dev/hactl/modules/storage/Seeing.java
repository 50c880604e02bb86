package dev.hactl.modules.storage;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Collector;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Probe;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import dev.hactl.modules.look.Look;
import dev.hactl.modules.text.Sections;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Answers a module's questions with recorded texts, one by name of the part. */
record Seeing(Map<String, String> texts) {

  /** What a module decides about a task; questions are answered until none is left. */
  <P, S> Decision<S> decide(HostModule<P, S> module, String yaml) {
    P params = TaskText.bind(module, yaml);
    Decision<S> decision = module.plan(params, answer(module.probe(params)));
    while (decision instanceof Decision.Ask<S, ?> ask) {
      decision = ask.answered(answer(ask.probe()));
    }
    return decision;
  }

  /** What a module's own probe sees. */
  <P, S> S look(HostModule<P, S> module, String yaml) {
    return answer(module.probe(TaskText.bind(module, yaml)));
  }

  /** The same as lines of text, joined. */
  <P, S> String verdict(HostModule<P, S> module, String yaml) {
    return String.join("; ", Verdict.of(decide(module, yaml)));
  }

  private <S> S answer(Probe<S> probe) {
    var body = new StringBuilder();
    for (String name : ((Look) probe.question()).parts().keySet()) {
      String text = texts.getOrDefault(name, "");
      String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      body.append(name).append(' ').append(bytes.length()).append('\n').append(bytes);
    }
    return probe.parser().apply(new Answer(0, Sections.bytes(body.toString())));
  }

  /** What a probe sees on this machine through one of its shells, beside another question. */
  static <S> S here(LocalShell shell, Probe<S> probe) {
    Look beside = Look.at("x", "echo other");
    Probe<Look.Seen> other = beside.probe(s -> s);
    @SuppressWarnings("unchecked") // the collector of looks
    var collector = (Collector<Look>) other.collector();
    List<Look> questions = List.of(beside, (Look) probe.question());
    LocalShell.Result result = shell.run(collector.script(questions, "QxK"));
    List<Answer> answers = collector.split(questions, "QxK", result.bytes());
    if (!other.parser().apply(answers.getFirst()).text("x").equals("other\n")) {
      throw new AssertionError(result.out() + result.err());
    }
    return probe.parser().apply(answers.get(1));
  }
}
