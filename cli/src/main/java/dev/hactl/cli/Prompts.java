package dev.hactl.cli;

import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Prompt;
import dev.hactl.engine.module.Literals;
import dev.hactl.engine.run.Project;
import dev.hactl.engine.run.RunOptions;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks for the variables of {@code vars_prompt} before anything runs, each once: those that {@code
 * -e} gives are not asked for.
 */
final class Prompts {
  private static final int TRIES = 3;

  private final Optional<Asker> asker;

  Prompts(Optional<Asker> asker) {
    this.asker = asker;
  }

  /** The project with all answers; a variable that nobody can be asked for is a problem of it. */
  Project answered(Project project, RunOptions options) {
    var answers = new LinkedHashMap<Prompt, Value>();
    for (Project.Book book : project.books()) {
      for (Play play : book.playbook().plays()) {
        for (Prompt prompt : play.sources().prompts()) {
          boolean given =
              options.extraVars().stream().anyMatch(l -> l.bindings().containsKey(prompt.name()));
          if (!given && !answers.containsKey(prompt)) {
            answer(prompt, project).ifPresent(v -> answers.put(prompt, v));
          }
        }
      }
    }
    return answers.isEmpty() ? project : project.answered(Map.copyOf(answers));
  }

  private Optional<Value> answer(Prompt prompt, Project project) {
    Optional<Value> fallback =
        prompt.fallback().map(f -> Value.tainted(Literals.value(f), prompt.hidden()));
    if (asker.isPresent()) {
      String typed = typed(asker.get(), prompt);
      return typed.isEmpty() && fallback.isPresent()
          ? fallback
          : Optional.of(new Value.Text(typed, prompt.hidden()));
    }
    if (fallback.isEmpty()) {
      project
          .problems()
          .error(
              prompt.place(),
              "'" + prompt.name() + "' is asked for, and there is no terminal to ask at",
              "give it with -e "
                  + prompt.name()
                  + "=VALUE"
                  + (prompt.hidden() ? ", or in a file with --secret-vars FILE" : ""));
    }
    return fallback;
  }

  private static String typed(Asker asker, Prompt prompt) {
    String shown =
        prompt.text()
            + prompt
                .fallback()
                .filter(f -> !prompt.hidden())
                .map(f -> " [" + f.text() + "]")
                .orElse("")
            + ": ";
    for (int tries = 0; tries < TRIES; tries++) {
      String first = line(asker, prompt, shown);
      if (!prompt.confirm()
          || line(asker, prompt, "confirm " + prompt.text() + ": ").equals(first)) {
        return first;
      }
    }
    throw new UsageError(
        "hactl: the answers for '" + prompt.name() + "' differ each time; nothing was connected");
  }

  private static String line(Asker asker, Prompt prompt, String shown) {
    return asker
        .ask(shown, prompt.hidden())
        .orElseThrow(() -> new UsageError("hactl: nobody answers for '" + prompt.name() + "'"));
  }
}
