package dev.hactl.modules.system;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Collector;
import dev.hactl.engine.module.Sh;
import dev.hactl.modules.text.Sections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks up any number of users and groups with one process a database. */
enum AccountCollector implements Collector<AccountQuestion> {
  INSTANCE;

  /** Asks getent, which knows of directories too; without it the files are read. */
  private static final String LOOK =
      """
      look() {
        db=$1
        shift
        if command -v getent >/dev/null 2>&1; then
          getent "$db" "$@" </dev/null
        else
          while IFS= read -r line; do
            for name; do
              case $line in "$name":*) printf '%s\\n' "$line" ;; esac
            done
          done <"/etc/$db"
        fi
      }
      """;

  private static final String TOOLS =
      """
      for t in useradd usermod userdel groupadd groupmod groupdel; do
        command -v $t >/dev/null 2>&1 && printf '%s\\n' $t
      done
      """;

  @Override
  public String script(List<AccountQuestion> questions, String nonce) {
    Set<String> users = all(questions, q -> Stream.of(q.user()).filter(u -> !u.isEmpty()));
    Set<String> groups = all(questions, q -> q.groups().stream());
    Set<String> shadows =
        all(questions, q -> Stream.of(q.user()).filter(u -> q.shadow() && !u.isEmpty()));
    var text = new StringBuilder(LOOK).append(Sections.mark(nonce, "tools")).append(TOOLS);
    if (!users.isEmpty()) {
      text.append("found=$(look passwd ")
          .append(words(users))
          .append(")\n")
          .append(Sections.mark(nonce, "passwd"))
          .append("printf '%s\\n' \"$found\"\n")
          .append(Sections.mark(nonce, "homes"))
          .append("while IFS=: read -r n p u g c h s; do\n")
          .append("  [ -n \"$h\" ] && [ -d \"$h\" ] && printf '%s\\n' \"$n\"\n")
          .append("done <<EOF_")
          .append(nonce)
          .append("\n$found\nEOF_")
          .append(nonce)
          .append('\n')
          .append(Sections.mark(nonce, "members"))
          .append("while IFS=: read -r n p g m; do\n")
          .append("  case $m in ?*) printf '%s:%s\\n' \"$n\" \"$m\" ;; esac\n")
          .append("done </etc/group\n");
    }
    if (!shadows.isEmpty()) {
      text.append(Sections.mark(nonce, "shadow"))
          .append("look shadow ")
          .append(words(shadows))
          .append(" 2>/dev/null\n");
    }
    if (!groups.isEmpty()) {
      text.append(Sections.mark(nonce, "group"))
          .append("look group ")
          .append(words(groups))
          .append('\n');
    }
    return text.append(Sections.mark(nonce, "end")).toString();
  }

  private static Set<String> all(
      List<AccountQuestion> questions, Function<AccountQuestion, Stream<String>> names) {
    var all = new LinkedHashSet<String>();
    questions.forEach(q -> names.apply(q).forEach(all::add));
    return all;
  }

  private static String words(Set<String> names) {
    return Sh.words(List.copyOf(names));
  }

  @Override
  public List<Answer> split(List<AccountQuestion> questions, String nonce, byte[] output) {
    Sections sections = Sections.of(nonce, output);
    if (sections.get("end").isEmpty()) {
      return questions.stream().map(q -> Answer.missing()).toList();
    }
    return questions.stream().map(q -> answer(q, sections)).toList();
  }

  /** One line a fact: its kind, a blank, the line of the database. */
  private static Answer answer(AccountQuestion q, Sections sections) {
    var text = new StringBuilder();
    sections
        .body("tools")
        .lines()
        .filter(l -> !l.isEmpty())
        .forEach(t -> text.append("tool ").append(t).append('\n'));
    lines(sections, "passwd", q.user() + ":", text);
    lines(sections, "shadow", q.user() + ":", text);
    if (sections.body("homes").lines().anyMatch(q.user()::equals)) {
      text.append("home\n");
    }
    sections
        .body("members")
        .lines()
        .filter(l -> List.of(l.substring(l.indexOf(':') + 1).split(",", -1)).contains(q.user()))
        .forEach(l -> text.append("member ").append(l, 0, l.indexOf(':')).append('\n'));
    sections
        .body("group")
        .lines()
        .filter(l -> l.contains(":"))
        .forEach(l -> text.append("group ").append(l).append('\n'));
    return new Answer(0, Sections.bytes(text.toString()));
  }

  private static void lines(Sections sections, String kind, String start, StringBuilder text) {
    sections
        .body(kind)
        .lines()
        .filter(l -> l.startsWith(start))
        .findFirst()
        .ifPresent(l -> text.append(kind).append(' ').append(l).append('\n'));
  }
}
