package dev.hactl.modules.user;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintBook;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.modules.commands.CommandRules;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Modules that a user wrote in YAML. */
@HactlRules
public final class UserModuleRules implements RuleBook {
  private static final String PAGE = "docs/writing-modules.md";

  private static final About SUMMARY =
      About.advice(
          "module-without-summary",
          "Nobody who reads 'hactl doc' or a task can tell what the module is for.",
          PAGE,
          "write 'summary:' with one line");

  private static final About UNDESCRIBED =
      About.advice(
          "parameter-undescribed",
          "Editors and 'hactl doc' show the parameter, and nobody knows what to write.",
          PAGE,
          "give it a 'description'");

  private static final About UNUSED =
      About.warning(
          "parameter-unused",
          "A parameter that neither text reads changes nothing, whatever it is set to.",
          PAGE,
          "use it as \"$NAME\" in 'probe' and 'apply', or remove it");

  private static final About WRITES =
      About.error(
          "probe-writes",
          "A probe also runs in check mode, which promises to change nothing.",
          PAGE,
          "only look in 'probe', and write in 'apply'");

  private static final About POSIX =
      About.warning(
          "module-not-posix",
          "The texts are read by the host's /bin/sh, which on Debian and with BusyBox is not bash.",
          PAGE + "; dash(1)",
          "write it as POSIX says");

  private static final About WORDS =
      About.error(
          "secret-in-words",
          "The words of a program can be read by every user of the host while it runs.",
          PAGE + "; ps(1)",
          "pass it on by a pipe: printf '%s\\n' \"$NAME\" | program");

  private static final Pattern WRITING =
      Pattern.compile(
          "(^|[;&|(]\\s*|\\bthen\\s|\\bdo\\s)(rm|mv|cp|touch|mkdir|mktemp|tee|chmod|chown|ln|install|sed"
              + " -i)\\b|[^0-9&]>>?\\s*(?!/dev/null|&)[\"$/\\w]",
          Pattern.MULTILINE);

  /** What is part of the shell, so that no other user sees its words. */
  private static final Pattern OF_THE_SHELL =
      Pattern.compile(
          "\\s*(if|while|until|!|then|do|\\{|\\(|&&)*\\s*(printf|echo|\\[|test|case|read|:|set|export|"
              + "return|local|\\w+=).*",
          Pattern.DOTALL);

  @Override
  public List<LintRule> rules() {
    return List.of(
        rule(SUMMARY, UserModuleRules::summary),
        rule(UNDESCRIBED, UserModuleRules::undescribed),
        rule(UNUSED, UserModuleRules::unused),
        rule(WRITES, UserModuleRules::writes),
        rule(POSIX, UserModuleRules::posix),
        rule(WORDS, UserModuleRules::words));
  }

  private static LintRule rule(About about, BiConsumer<Definition, Findings> look) {
    return LintRule.book(about, (book, found) -> each(book, found, look));
  }

  private static void each(LintBook book, Findings found, BiConsumer<Definition, Findings> look) {
    if (book.modules() instanceof UserModules modules) {
      modules.own().stream()
          .filter(m -> m instanceof UserModule)
          .map(m -> ((UserModule) m).definition())
          .forEach(d -> {
            found.read(d.written().place().file());
            look.accept(d, found);
          });
    }
  }

  private static void summary(Definition d, Findings found) {
    if (d.written().get("summary").isEmpty()) {
      found.at(d.written().place(), "the module says nothing of itself");
    }
  }

  private static void undescribed(Definition d, Findings found) {
    d.parameters().stream()
        .filter(p -> p.description().isEmpty())
        .forEach(
            p -> found.at(place(d, p), "the parameter '" + p.name() + "' says nothing of itself"));
  }

  private static void unused(Definition d, Findings found) {
    d.parameters().stream()
        .filter(p -> !mentions(d.probe(), p) && !mentions(d.apply(), p))
        .forEach(p -> found.at(place(d, p), "neither text reads '$" + p.name() + "'"));
  }

  private static boolean mentions(String text, Parameter p) {
    return Pattern.compile("\\$\\{?" + p.name() + "(?![a-z0-9_])").matcher(text).find();
  }

  private static void writes(Definition d, Findings found) {
    String code = d.probe().replaceAll("(?m)^\\s*#.*$", "").replaceAll("'[^']*'", "''");
    if (WRITING.matcher(code).find()) {
      found.at(key(d, "probe"), "the probe writes something");
    }
  }

  private static void posix(Definition d, Findings found) {
    for (String part : List.of("probe", "apply")) {
      Optional<String> what = CommandRules.notPosix(part.equals("probe") ? d.probe() : d.apply());
      what.ifPresent(w -> found.at(key(d, part), "sh does not know " + w));
    }
  }

  private static void words(Definition d, Findings found) {
    for (String part : List.of("probe", "apply")) {
      String text = part.equals("probe") ? d.probe() : d.apply();
      d.parameters().stream()
          .filter(Parameter::secret)
          .filter(p ->
              List.of(text.split("\\||&&|;|\\n")).stream()
                  .anyMatch(
                      command -> mentions(command, p) && !OF_THE_SHELL.matcher(command).matches()))
          .forEach(p ->
              found.at(key(d, part), "a program gets the secret '" + p.name() + "' in its words"));
    }
  }

  private static Place key(Definition d, String name) {
    return d.written().entry(name).map(e -> e.key().place()).orElse(d.written().place());
  }

  private static Place place(Definition d, Parameter p) {
    return d.written()
        .get("parameters")
        .flatMap(n -> n instanceof Node.Mapping m ? m.entry(p.name()) : Optional.empty())
        .map(e -> e.key().place())
        .orElse(d.written().place());
  }
}
