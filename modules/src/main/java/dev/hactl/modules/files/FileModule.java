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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Files, directories and links as such, without their content. */
@HactlModule("file")
public final class FileModule implements HostModule<FileWish, FileSeen> {

  @Override
  public Manual manual() {
    return Manual.state(
            "Make or remove files, directories and links; set owner, group and mode",
            """
            Without 'state' the attributes of whatever is there are set. A new directory gets \
            missing parents with the same attributes; each appears complete at once. 'recurse' \
            looks at everything below and changes it when something differs; 'X' in a symbolic \
            mode means directories, and files that somebody may run. 'state: absent' removes a \
            directory with all that is in it and shows what that is; it is refused when something \
            is mounted there, and always for directories that the system cannot do without. \
            'touch' acts in every run unless both times are 'preserve', which makes sure that the \
            file exists. Differs from Ansible: times are UTC; attributes of chattr(1) and \
            single fields of an SELinux label are not set here (restorecon(8) labels what is new).\
            """,
            Example.of(
                "A directory with its missing parents",
                """
                - file:
                    path: /srv/example/data
                    state: directory
                    mode: '0750'
                    owner: root
                    group: daemon
                """),
            Example.of(
                "A symbolic link",
                """
                - file:
                    path: /srv/example-release
                    src: /etc/os-release
                    state: link
                """),
            Example.on(
                "mkdir -p /srv/example.tree/a/b && touch /srv/example.tree/a/f"
                    + " && chmod -R 700 /srv/example.tree",
                "Attributes of a whole tree",
                """
                - file:
                    path: /srv/example.tree
                    state: directory
                    recurse: true
                    owner: daemon
                    mode: u=rwX,g=rX,o=
                """),
            Example.on(
                "mkdir -p /srv/example.old/a && touch /srv/example.old/a/f",
                "A directory that must not be there",
                """
                - file:
                    path: /srv/example.old
                    state: absent
                """),
            Example.of(
                "A file that must exist",
                """
                - file:
                    path: /etc/example.touch
                    state: touch
                    mode: '0600'
                    modification_time: preserve
                    access_time: preserve
                """),
            Example.on(
                "echo x > /srv/example.one",
                "A second name of a file",
                """
                - file:
                    path: /srv/example.two
                    src: /srv/example.one
                    state: hard
                """))
        .returning(
            new Return("path", "the path"),
            new Return("dest", "the path"),
            new Return("src", "where a link points"),
            new Return("state", "absent, directory, file or link"),
            new Return("owner", "name of its owner"),
            new Return("group", "name of its group"),
            new Return("uid", "number of its owner"),
            new Return("gid", "number of its group"),
            new Return("mode", "four octal digits"),
            new Return("size", "bytes"));
  }

  @Override
  public Form<FileWish> form() {
    var form = Form.builder();
    var path = form.required("path", Types.PATH, "Where.", "dest", "name");
    var state =
        form.optional(
            "state",
            Types.oneOf(FileWish.State.class),
            "What is wanted there; left out: whatever is there, which must exist.");
    var src =
        form.optional(
            "src",
            Types.NAME,
            "For link: where it points, possibly relative to its directory. For hard: the other"
                + " name.");
    var ownership = new Ownership.Fields(form);
    var force =
        form.optional(
            "force",
            Types.BOOL,
            false,
            "For links: replace a file or an empty directory, and point to what does not exist.");
    var follow =
        form.optional(
            "follow", Types.BOOL, true, "Attributes are those of what a symbolic link leads to.");
    var recurse =
        form.optional(
            "recurse", Types.BOOL, false, "Attributes hold for everything in the directory too.");
    var modified =
        form.optional(
            "modification_time", Types.NAME, "preserve, now or a time in UTC; touch: now.");
    var modifiedFormat =
        form.text("modification_time_format", "%Y%m%d%H%M.%S", "How that time is written.");
    var accessed =
        form.optional("access_time", Types.NAME, "preserve, now or a time in UTC; touch: now.");
    var accessedFormat =
        form.text("access_time_format", "%Y%m%d%H%M.%S", "How that time is written.");
    return form.into(a -> {
      Optional<FileWish.State> wanted = a.get(state);
      String untold =
          wanted.filter(s -> s == FileWish.State.TOUCH).isPresent() ? "now" : "preserve";
      return checked(
          new FileWish(
              a.get(path),
              a.get(recurse) ? wanted.or(() -> Optional.of(FileWish.State.DIRECTORY)) : wanted,
              a.get(src),
              ownership.of(a),
              a.get(force),
              a.get(follow),
              a.get(recurse),
              FileTime.parse(a.get(modified).orElse(untold), a.get(modifiedFormat)),
              FileTime.parse(a.get(accessed).orElse(untold), a.get(accessedFormat))));
    });
  }

  private static FileWish checked(FileWish wish) {
    boolean link = wish.wants(FileWish.State.LINK) || wish.wants(FileWish.State.HARD);
    if (link && wish.source().filter(s -> !s.isEmpty()).isEmpty()) {
      throw new BadValue("a link needs 'src'", "where it leads to");
    }
    if (!link && wish.source().isPresent()) {
      throw new BadValue("'src' is only for links", "use copy for files");
    }
    if (wish.source().filter(s -> s.indexOf('\n') >= 0).isPresent()) {
      throw new BadValue("'src' must not hold a line break");
    }
    if (wish.wants(FileWish.State.HARD) && !wish.source().orElseThrow().startsWith("/")) {
      throw new BadValue("'src' of a hard link is an absolute path");
    }
    if (wish.recurse() && !wish.wants(FileWish.State.DIRECTORY)) {
      throw new BadValue("'recurse' is only for directories");
    }
    if (wish.wants(FileWish.State.ABSENT)) {
      Roots.refuse(wish.path(), "remove it");
    }
    if (wish.recurse()) {
      Roots.refuse(wish.path(), "change everything in it");
    }
    if (link) {
      Roots.refuse(wish.path(), "replace it by a link");
    }
    return wish;
  }

  @Override
  public Probe<FileSeen> probe(FileWish wish) {
    var questions = new ArrayList<FileQuestion>();
    questions.add(FileQuestion.of(wish.path()));
    questions.add(FileQuestion.of(wish.path()).following());
    questions.add(FileQuestion.of(Destination.parent(wish.path())).following());
    wish.source().ifPresent(s -> questions.add(FileQuestion.of(wish.sourcePath()).following()));
    return wish.recurse()
        ? TreeProbe.of(questions, wish.path(), states -> tree -> seen(states, tree))
        : FileProbe.of(questions).map(states -> seen(states, List.of()));
  }

  private static FileSeen seen(List<FileState> states, List<FileState> tree) {
    Optional<FileState> source = states.size() > 3 ? Optional.of(states.get(3)) : Optional.empty();
    return new FileSeen(states.get(0), states.get(1), states.get(2), source, tree);
  }

  @Override
  public Decision<FileSeen> plan(FileWish wish, FileSeen seen) {
    return FilePlan.of(wish, seen);
  }

  @Override
  public Value.Dict result(FileWish wish, FileSeen seen) {
    var result = new LinkedHashMap<String, Value>();
    result.put("dest", Value.text(wish.path()));
    wish.source().ifPresent(s -> result.put("src", Value.text(s)));
    StatResult.attributes(result, seen.self());
    return new Value.Dict(result);
  }
}
