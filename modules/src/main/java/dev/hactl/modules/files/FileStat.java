package dev.hactl.modules.files;

import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Looks at a file. */
@HactlModule("stat")
public final class FileStat implements HostModule<FileStat.Params, FileState> {

  /** What to look at, and which hash is wanted. */
  public record Params(String path, boolean follow, Optional<FileQuestion.Algorithm> checksum) {}

  @Override
  public Manual manual() {
    return Manual.state(
            "Look at a file",
            """
            Never changes anything; 'register' the result and use 'NAME.stat'. 'stat.exists' is \
            always there, the other fields only when it is true. The checksum is SHA-1 as in \
            Ansible unless another algorithm is given. Differs from Ansible: the kind of content \
            (mimetype, charset) and attributes of chattr(1) are not looked at.\
            """,
            Example.of(
                "Act only where a file exists",
                """
                - stat:
                    path: /etc/hostname
                  register: hostname_file
                - debug:
                    msg: The file has ${hostname_file.stat.size} bytes
                  when: hostname_file.stat.exists
                """),
            Example.of(
                "Follow a link and hash what it leads to",
                """
                - stat:
                    path: /etc/os-release
                    follow: true
                    checksum_algorithm: sha256
                """))
        .returning(
            new Return(
                "stat",
                "exists path mode isdir ischr isblk isreg isfifo islnk issock uid gid pw_name"
                    + " gr_name size inode dev nlink atime mtime ctime blocks block_size rusr wusr"
                    + " xusr rgrp wgrp xgrp roth woth xoth isuid isgid lnk_target lnk_source"
                    + " checksum"));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var path = form.required("path", Types.PATH, "What to look at.", "dest", "name");
    var follow =
        form.optional("follow", Types.BOOL, false, "Look at what a symbolic link leads to.");
    var checksum =
        form.optional("get_checksum", Types.BOOL, true, "Hash the content of a regular file.");
    var algorithm =
        form.optional(
            "checksum_algorithm",
            Types.oneOf(FileQuestion.Algorithm.class),
            FileQuestion.Algorithm.SHA1,
            "Which hash.",
            "checksum",
            "checksum_algo");
    // Playbooks written for Ansible switch these off to be quick; there is nothing to switch on.
    form.optional("get_mime", Types.BOOL, false, "Accepted and ignored.", "mime", "mime_type");
    form.optional("get_attributes", Types.BOOL, false, "Accepted and ignored.", "attr");
    return form.into(a ->
        new Params(
            a.get(path),
            a.get(follow),
            a.get(checksum) ? Optional.of(a.get(algorithm)) : Optional.empty()));
  }

  @Override
  public Probe<FileState> probe(Params params) {
    FileQuestion question = FileQuestion.of(params.path());
    FileQuestion followed = params.follow() ? question.following() : question;
    return FileProbe.of(params.checksum().map(followed::hashed).orElse(followed));
  }

  @Override
  public Decision<FileState> plan(Params params, FileState observed) {
    return observed.isUnreadable()
        ? new Decision.Impossible<>(params.path() + ": " + observed.reason())
        : Decision.ok(Thing.path(params.path()));
  }

  @Override
  public Value.Dict result(Params params, FileState observed) {
    var result = new LinkedHashMap<String, Value>();
    result.put("stat", StatResult.full(observed));
    return new Value.Dict(result);
  }
}
