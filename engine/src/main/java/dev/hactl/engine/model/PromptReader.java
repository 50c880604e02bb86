package dev.hactl.engine.model;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code vars_prompt}. */
final class PromptReader {
  private static final Set<String> KEYS =
      Set.of("name", "prompt", "private", "default", "confirm", "unsafe");

  private final Problems problems;

  PromptReader(Problems problems) {
    this.problems = problems;
  }

  List<Prompt> prompts(KeywordReader play) {
    var prompts = new ArrayList<Prompt>();
    for (Node node : play.sequence("vars_prompt").map(Node.Sequence::items).orElse(List.of())) {
      if (node instanceof Node.Mapping m) {
        prompt(m).ifPresent(prompts::add);
      } else {
        problems.error(
            node.place(),
            "a prompt is a mapping, this is a " + node.describe(),
            "write '- name: VARIABLE'");
      }
    }
    return List.copyOf(prompts);
  }

  private Optional<Prompt> prompt(Node.Mapping m) {
    for (Node.Entry e : m.entries()) {
      if (!KEYS.contains(e.name())) {
        problems.error(
            e.key().place(),
            "a prompt has no '" + e.name() + "'",
            Near.hint(e.name(), KEYS).orElse("known: " + String.join(", ", new TreeSet<>(KEYS))));
      }
    }
    var in = new KeywordReader(m, problems);
    if (m.get("name").isEmpty()) {
      problems.error(m.place(), "this prompt names no variable", "write 'name: VARIABLE'");
    }
    Optional<Node.Scalar> fallback = in.scalar("default");
    fallback
        .filter(f -> Lookup.dynamic(f.text()))
        .ifPresent(f ->
            problems.error(
                f.place(),
                "the default of a prompt is taken as it is, this is '" + f.text() + "'",
                "write the value itself, or use the variable where it is needed"));
    boolean hidden = in.bool("private").orElse(true);
    boolean confirm = in.flag("confirm");
    return in.name("name")
        .map(name ->
            new Prompt(
                name,
                in.scalar("prompt").map(Node.Scalar::text).orElse(name),
                hidden,
                fallback,
                confirm,
                m.place()));
  }
}
