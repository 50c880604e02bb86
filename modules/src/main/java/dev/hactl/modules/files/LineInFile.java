package dev.hactl.modules.files;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.text.Tainted;
import java.util.Optional;

/** One line of a file. */
@HactlModule("lineinfile")
public final class LineInFile implements HostModule<LineInFile.Params, EditedFile> {

  /** The file and the line. */
  public record Params(Edit edit, LineEdit line) {}

  @Override
  public Manual manual() {
    return Manual.state(
            "Keep one line of a file",
            """
            With 'regexp' or 'search_string' the last matching line (or the first, with \
            'firstmatch') is replaced by 'line'; where none matches, the line is inserted. \
            'state: absent' removes every line that matches. Regular expressions are Java's \
            (java.util.regex.Pattern) and are looked for anywhere in a line, without its line end; \
            Python's (?P<name>...), (?P=name) and \\Z are understood, and so are the references \
            \\1, \\g<1> and \\g<name> in 'line' with 'backrefs'. Lines that are not ours keep their \
            bytes, also in files of Windows or in other encodings than UTF-8. Differs from Ansible: \
            when 'regexp' does not match but the very line is there, it counts as present and is \
            not added again in every run. Files of more than 2 MiB are refused.\
            """,
            Example.on(
                "printf 'A=1\\nOPTIONS=old\\n' > /etc/example.env",
                "A setting that replaces another value",
                """
                - lineinfile:
                    path: /etc/example.env
                    regexp: ^OPTIONS=
                    line: OPTIONS="-f -g"
                """),
            Example.of(
                "A line in a file that may be missing",
                """
                - lineinfile:
                    path: /etc/example.allow
                    line: operator
                    create: true
                    mode: '0600'
                """),
            Example.on(
                "printf 'port 1234 # old\\n' > /etc/example.port",
                "Part of a line, kept by a reference",
                """
                - lineinfile:
                    path: /etc/example.port
                    regexp: ^port [0-9]+(.*)
                    line: port 5678\\1
                    backrefs: true
                """),
            Example.on(
                "printf 'keep\\ndebug = 1\\ndebug = 2\\n' > /etc/example.ini",
                "Lines that must not be there",
                """
                - lineinfile:
                    path: /etc/example.ini
                    regexp: ^debug
                    state: absent
                """))
        .returning(returns());
  }

  static Return[] returns() {
    return new Return[] {
      new Return("path", "the file"),
      new Return("state", "file or absent"),
      new Return("owner", "name of its owner"),
      new Return("group", "name of its group"),
      new Return("uid", "number of its owner"),
      new Return("gid", "number of its group"),
      new Return("mode", "four octal digits"),
      new Return("size", "bytes")
    };
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder().atMostOne("regexp", "search_string");
    var edit = new Edit.Fields(form);
    var state =
        form.optional(
            "state", Types.oneOf(Presence.class), Presence.PRESENT, "Whether the line is wanted.");
    var line = form.optional("line", Tainted.TYPE, "The line, without a line end.", "value");
    var regexp =
        form.optional("regexp", Regex.TYPE, "What lines to replace or remove look like.", "regex");
    var search =
        form.optional("search_string", Types.TEXT, "Text that lines to replace or remove contain.");
    var backrefs =
        form.optional(
            "backrefs",
            Types.BOOL,
            false,
            "The line refers to groups of 'regexp'; nothing is added when nothing matches.");
    var first =
        form.optional(
            "firstmatch", Types.BOOL, false, "Take the first matching line, not the last.");
    var insertion = new Insertion.Fields(form);
    return form.into(a -> {
      Optional<Tainted> given = a.get(line);
      boolean present = a.get(state) == Presence.PRESENT;
      if (present && given.isEmpty()) {
        throw new BadValue("'line' is needed", "the line that the file must have");
      }
      if (given.isEmpty() && a.get(regexp).isEmpty() && a.get(search).isEmpty()) {
        throw new BadValue("one of line, regexp, search_string is needed");
      }
      if (a.get(backrefs) && a.get(regexp).isEmpty()) {
        throw new BadValue("'backrefs' needs 'regexp'");
      }
      return new Params(
          edit.of(a, given.map(Tainted::secret).orElse(false)),
          new LineEdit(
              present,
              given.map(LineInFile::single),
              a.get(regexp),
              a.get(search),
              a.get(backrefs),
              a.get(first),
              insertion.of(a)));
    });
  }

  private static String single(Tainted line) {
    String text = line.text();
    String bare = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    if (bare.indexOf('\n') >= 0) {
      throw new BadValue("'line' holds several lines", "use blockinfile for them");
    }
    return bare;
  }

  @Override
  public Probe<EditedFile> probe(Params params) {
    return params.edit().probe();
  }

  @Override
  public Decision<EditedFile> plan(Params params, EditedFile seen) {
    return params.edit().plan(seen, !params.line().present(), params.line()::apply);
  }

  @Override
  public Value.Dict result(Params params, EditedFile seen) {
    return params.edit().result(seen);
  }
}
