package dev.hactl.cli;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Field;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.source.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The arguments of one module call in one text, as users of Ansible type them after {@code -a}:
 * {@code name=value} words, the plain text of a module such as {@code command} with such words
 * before and behind it, or a YAML or JSON mapping. Every value keeps its place in the text.
 */
final class CallText {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w-]*");
  private static final Pattern FLOW =
      Pattern.compile("\\s*\\{\\s*[\"']?[A-Za-z_][\\w-]*[\"']?\\s*:.*", Pattern.DOTALL);
  private static final Pattern BLOCK =
      Pattern.compile("\\s*([A-Za-z_][\\w-]*):(\\s.*)?", Pattern.DOTALL);

  private final SourceFile file;
  private final String module;
  private final Form<?> form;
  private final Problems problems;

  private CallText(SourceFile file, String module, Form<?> form, Problems problems) {
    this.file = file;
    this.module = module;
    this.form = form;
    this.problems = problems;
  }

  /**
   * What the module is given: a mapping, a plain text, or nothing.
   *
   * @param form of the module, which says what may be plain text
   * @return empty when a problem was noted
   */
  static Optional<Node> read(SourceFile file, String module, Form<?> form, Problems problems) {
    return new CallText(file, module, form, problems).read();
  }

  /** One word of the text and where its value begins, when it is {@code name=value}. */
  private record Word(CallWords.Word word, String name, int value) {}

  private Optional<Node> read() {
    if (file.text().isBlank()) {
      return Optional.of(new Node.Scalar("", Node.Kind.NULL, true, "", file.at(1, 1)));
    }
    if (isYaml()) {
      return mapping();
    }
    var split = new CallWords(file.text());
    List<Word> words = split.words().stream().map(this::word).toList();
    if (split.unclosed() >= 0) {
      if (form.freeForm().isPresent()) {
        return Optional.of(text(0, file.text().length())); // the module says what is wrong with it
      }
      problems.error(at(split.unclosed()), "a quote that does not close");
      return Optional.empty();
    }
    return form.freeForm().isPresent() ? freely(words) : named(words);
  }

  private boolean isYaml() {
    boolean plain = form.freeForm().isPresent();
    String text = file.text();
    if (text.startsWith("---")
        || (plain ? FLOW.matcher(text).matches() : text.strip().startsWith("{"))) {
      return true;
    }
    var block = BLOCK.matcher(text);
    return block.matches() && (!plain || form.field(block.group(1)).isPresent());
  }

  private Optional<Node> mapping() {
    Optional<Node> read = YamlReader.parse(file, problems);
    if (read.isPresent() && !(read.get() instanceof Node.Mapping)) {
      problems.error(
          read.get().place(), "arguments are a mapping, this is a " + read.get().describe());
      return Optional.empty();
    }
    return read;
  }

  private Word word(CallWords.Word word) {
    int equals = word.text().indexOf('=');
    String name = equals < 0 ? "" : word.text().substring(0, equals);
    return NAME.matcher(name).matches()
        ? new Word(word, name, word.begin() + equals + 1)
        : new Word(word, "", -1);
  }

  /** Parameters first and last; what stands between them is the text. */
  private Optional<Node> freely(List<Word> words) {
    String own = form.freeForm().orElseThrow();
    if (words.stream().allMatch(this::isParameter)) {
      return named(words);
    }
    int first = 0;
    while (isParameter(words.get(first)) && !words.get(first).name().equals(own)) {
      first++;
    }
    int last = words.size() - 1;
    while (isParameter(words.get(last)) && !words.get(last).name().equals(own)) {
      last--;
    }
    Node.Scalar text = text(words.get(first).word().begin(), words.get(last).word().end());
    var parameters = new ArrayList<>(words.subList(0, first));
    parameters.addAll(words.subList(last + 1, words.size()));
    if (parameters.isEmpty()) {
      return Optional.of(text);
    }
    var entries = new ArrayList<Node.Entry>();
    entries.add(
        new Node.Entry(
            new Node.Scalar(Task.FREE_FORM, Node.Kind.TEXT, true, "", text.place()), text));
    return with(parameters, entries);
  }

  private boolean isParameter(Word word) {
    return !word.name().isEmpty() && form.field(word.name()).isPresent();
  }

  private Optional<Node> named(List<Word> words) {
    for (Word word : words) {
      if (word.name().isEmpty()) {
        problems.error(
            at(word.word().begin()),
            "'" + word.word().text() + "' is no name=value",
            advice(word.word().text()));
        return Optional.empty();
      }
    }
    return with(words, new ArrayList<>());
  }

  private String advice(String word) {
    List<String> names = form.fields().stream().map(Field::name).toList();
    if (form.field(word).isPresent()) {
      return "write " + word + "=VALUE";
    }
    return Near.hint(word, names)
        .orElse(
            module
                + " takes "
                + String.join(", ", names)
                + "; a value with blanks stands in quotes: name='two words'");
  }

  private Optional<Node> with(List<Word> words, List<Node.Entry> entries) {
    Map<String, Place> seen = new LinkedHashMap<>();
    for (Word word : words) {
      Place place = at(word.word().begin());
      Place earlier = seen.putIfAbsent(word.name(), place);
      if (earlier != null) {
        problems.error(
            place,
            "'" + word.name() + "' is given twice",
            "first at " + earlier + "; keep one of them");
        return Optional.empty();
      }
      var key = new Node.Scalar(word.name(), Node.Kind.TEXT, true, "", place);
      String value = CallWords.value(file.text().substring(word.value(), word.word().end()));
      entries.add(
          new Node.Entry(key, new Node.Scalar(value, Node.Kind.TEXT, false, "", at(word.value()))));
    }
    return Optional.of(new Node.Mapping(List.copyOf(entries), file.at(1, 1)));
  }

  private Node.Scalar text(int begin, int end) {
    return new Node.Scalar(file.text().substring(begin, end), Node.Kind.TEXT, false, "", at(begin));
  }

  private Place at(int offset) {
    String before = file.text().substring(0, offset);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return file.at(line, offset - (before.lastIndexOf('\n') + 1) + 1);
  }
}
