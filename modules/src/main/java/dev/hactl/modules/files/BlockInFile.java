package dev.hactl.modules.files;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.text.Tainted;
import java.util.List;

/** Some lines of a file between two marks. */
@HactlModule("blockinfile")
public final class BlockInFile implements HostModule<BlockInFile.Params, EditedFile> {

  /** The file and the block. */
  public record Params(Edit edit, BlockEdit block) {}

  @Override
  public Manual manual() {
    return Manual.state(
            "Keep a block of lines of a file",
            """
            The block stands between two marks, by which it is found again; give different \
            markers to several blocks of one file. An empty block or 'state: absent' removes block \
            and marks. The default marks are Ansible's, so that a block of an Ansible playbook is \
            taken over. Differs from Ansible: a file in which only one of the two marks is left is \
            refused, because nobody can say where the block ends. Regular expressions are as in \
            lineinfile. Files of more than 2 MiB are refused.\
            """,
            Example.of(
                "Lines at the end of a file",
                """
                - blockinfile:
                    path: /etc/hosts
                    block: |
                      192.0.2.11 db1
                      192.0.2.12 db2
                """),
            Example.of(
                "Marks of one's own in a file with other comments",
                """
                - blockinfile:
                    path: /etc/example.ini
                    create: true
                    marker: "; {mark} pool"
                    insertbefore: BOF
                    block: |
                      [pool]
                      size = 4
                """),
            Example.on(
                "printf 'a\\n# BEGIN old\\nx\\n# END old\\nb\\n' > /etc/example.old",
                "A block that must not be there",
                """
                - blockinfile:
                    path: /etc/example.old
                    marker: "# {mark} old"
                    state: absent
                """))
        .returning(LineInFile.returns());
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var edit = new Edit.Fields(form);
    var state =
        form.optional(
            "state", Types.oneOf(Presence.class), Presence.PRESENT, "Whether the block is wanted.");
    var block = form.optional("block", Tainted.TYPE, Tainted.open(""), "The lines.", "content");
    var marker =
        form.text(
            "marker",
            "# {mark} ANSIBLE MANAGED BLOCK",
            "The marks; {mark} is replaced by marker_begin and marker_end.");
    var begin = form.text("marker_begin", "BEGIN", "Word of the first mark.");
    var end = form.text("marker_end", "END", "Word of the last mark.");
    var insertion = new Insertion.Fields(form);
    var before =
        form.optional(
            "prepend_newline",
            Types.BOOL,
            false,
            "An empty line before a block, if there is none.");
    var after =
        form.optional(
            "append_newline", Types.BOOL, false, "An empty line behind a block, if there is none.");
    return form.into(a -> {
      String first = mark(a.get(marker), a.get(begin));
      String last = mark(a.get(marker), a.get(end));
      if (first.equals(last)) {
        throw new BadValue("the two marks are the same", "let 'marker' hold {mark}");
      }
      boolean wanted = a.get(state) == Presence.PRESENT;
      return new Params(
          edit.of(a, a.get(block).secret()),
          new BlockEdit(
              first,
              last,
              wanted ? lines(a.get(block).text(), first, last) : List.of(),
              insertion.of(a),
              a.get(before),
              a.get(after)));
    });
  }

  private static String mark(String marker, String word) {
    String mark = marker.replace("{mark}", word);
    String bare = mark.endsWith("\n") ? mark.substring(0, mark.length() - 1) : mark;
    if (bare.indexOf('\n') >= 0) {
      throw new BadValue("a mark must be one line");
    }
    return bare;
  }

  private static List<String> lines(String block, String first, String last) {
    if (block.isEmpty()) {
      return List.of();
    }
    String body = block.endsWith("\n") ? block.substring(0, block.length() - 1) : block;
    List<String> lines = List.of(body.split("\n", -1));
    if (lines.contains(first) || lines.contains(last)) {
      throw new BadValue("the block holds one of its own marks");
    }
    return lines;
  }

  @Override
  public Probe<EditedFile> probe(Params params) {
    return params.edit().probe();
  }

  @Override
  public Decision<EditedFile> plan(Params params, EditedFile seen) {
    BlockEdit block = params.block();
    if (block.torn(seen.text())) {
      return new Decision.Impossible<>(
          params.edit().path()
              + " holds not both marks in their order: '"
              + block.begin()
              + "' and '"
              + block.end()
              + "'; where the block ends is for a person to decide");
    }
    return params.edit().plan(seen, block.block().isEmpty(), block::apply);
  }

  @Override
  public Value.Dict result(Params params, EditedFile seen) {
    return params.edit().result(seen);
  }
}
