package dev.hactl.modules.files;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.LocalSource;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.SourceName;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.Optional;

/** A file with content from the controller. */
@HactlModule("copy")
public final class Copy implements HostModule<CopyJob, CopyJob.CopySeen> {

  /** Stands in where each file brings its own content. */
  private static final Content NOTHING = Content.of("", false, "");

  /** Mappings and lists become JSON. */
  private static final Type.Plain<Content> CONTENT =
      Types.plain(
          "text, mapping or list",
          "",
          value -> {
            boolean structured = value instanceof Value.Dict || value instanceof Value.Items;
            String text = structured ? Json.write(value) : Types.TEXT.convert().apply(value);
            return Content.of(text, value.secret(), "");
          });

  @Override
  public Manual manual() {
    return Manual.state(
            "Write a file, or a folder of files",
            """
            Writes a file of the controller (found in files/ beside the playbook) or a text to \
            the host. The file lands complete or not at all: it is written beside its target, \
            checked, flushed to disk and renamed. Owner, group, mode, access lists, extended \
            attributes and SELinux label of an old file stay where none are given; a new file gets \
            0644. A file that is a mount point (bound into a container) cannot be renamed over; it \
            is written in place after a backup, and the plan says so. Of a folder every file is \
            written so, missing directories are made, and what else is there stays. With \
            'remote_src' one file of the host is copied to another place there. Differs from Ansible: \
            symbolic links are followed unless 'follow: false'; 'validate' is a command for sh(1) \
            and runs in check mode too, on a candidate in a private temporary directory.\
            """,
            Example.of(
                "A text",
                """
                - copy:
                    content: |
                      # managed
                      PermitRootLogin no
                    dest: /etc/example.conf
                    mode: '0640'
                    owner: root
                """),
            Example.of(
                "A file of the controller, checked before it lands",
                """
                - copy:
                    src: cleanup.sh
                    dest: /usr/local/sbin/
                    mode: '0755'
                    validate: sh -n %s
                    backup: true
                """),
            Example.on(
                "echo kept > /etc/example.once",
                "Only where there is none yet",
                """
                - copy:
                    content: first
                    dest: /etc/example.once
                    force: false
                """),
            Example.on(
                "echo x > /etc/example.original",
                "Another file of the host",
                """
                - copy:
                    src: /etc/example.original
                    dest: /etc/example.second
                    remote_src: true
                """))
        .returning(Template.returns());
  }

  @Override
  public Form<CopyJob> form() {
    var form = Form.builder().atMostOne("src", "content").atLeastOne("src", "content");
    var src =
        form.optional(
            "src",
            Types.SOURCE,
            "The file or folder, in files/ beside the playbook. A slash at the end of a folder"
                + " means what is in it.");
    var content =
        form.optional("content", CONTENT, "The text itself; a mapping or list is written as JSON.");
    var deploy = new DeployForm(form);
    var remote =
        form.optional(
            "remote_src", Types.BOOL, false, "'src' is a file of the host, not of the controller.");
    var directoryMode =
        form.optional(
            "directory_mode", Types.MODE, "Permissions of directories made for a folder.");
    return form.into(a -> {
      if (a.get(content).isPresent()) {
        return new CopyJob.One(deploy.of(a, a.get(content).get(), Optional.empty()));
      }
      SourceName name = a.get(src).orElseThrow();
      if (a.get(remote)) {
        return onHost(name.text(), deploy.of(a, NOTHING, Optional.of(last(name.text()))));
      }
      return switch (name.here().get()) {
        case LocalSource.OneFile file ->
            new CopyJob.One(deploy.of(a, file.content(), DeployForm.name(file.content())));
        case LocalSource.Folder folder ->
            new CopyJob.Tree(
                new TreeDeployment(
                    folder, deploy.of(a, NOTHING, Optional.empty()), a.get(directoryMode)));
      };
    });
  }

  private static CopyJob onHost(String source, Deployment deployment) {
    if (!source.startsWith("/") || source.endsWith("/") || source.indexOf('\n') >= 0) {
      throw new BadValue(
          "with 'remote_src', 'src' is the absolute path of a file, this is '" + source + "'");
    }
    return new CopyJob.OnHost(source, deployment.of(source));
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public Probe<CopyJob.CopySeen> probe(CopyJob job) {
    return job.probe();
  }

  @Override
  public Decision<CopyJob.CopySeen> plan(CopyJob job, CopyJob.CopySeen seen) {
    return job.plan(seen);
  }

  @Override
  public Value.Dict result(CopyJob job, CopyJob.CopySeen seen) {
    return job.result(seen);
  }
}
