package dev.hactl.modules.files;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.Optional;

/** A file with content from the controller. */
@HactlModule("copy")
public final class Copy implements HostModule<Deployment, Landed> {

  /** Mappings and lists become JSON. */
  private static final Type.Plain<Content> CONTENT =
      Types.plain(
          "text",
          "string",
          value -> {
            boolean structured = value instanceof Value.Dict || value instanceof Value.Items;
            String text = structured ? Json.write(value) : Types.TEXT.convert().apply(value);
            return Content.of(text, value.secret(), "");
          });

  @Override
  public Manual manual() {
    return Manual.state(
            "Write a file",
            """
            Writes a file of the controller (found in files/ beside the playbook) or a text to \
            the host. The file lands complete or not at all: it is written beside its target, \
            checked, flushed to disk and renamed. Owner, group, mode, access lists, extended \
            attributes and SELinux label of an old file stay where none are given; a new file gets \
            0644. A file that is a mount point (bound into a container) cannot be renamed over; it \
            is written in place after a backup, and the plan says so. Differs from Ansible: \
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
                """))
        .returning(Template.returns());
  }

  @Override
  public Form<Deployment> form() {
    var form = Form.builder().atMostOne("src", "content").atLeastOne("src", "content");
    var src = form.optional("src", Types.LOCAL_FILE, "The file, in files/ beside the playbook.");
    var content =
        form.optional("content", CONTENT, "The text itself; a mapping or list is written as JSON.");
    var deploy = new DeployForm(form);
    return form.into(a -> {
      Optional<Content> file = a.get(src);
      Content given = file.or(() -> a.get(content)).orElseThrow();
      return deploy.of(a, given, file.flatMap(DeployForm::name));
    });
  }

  @Override
  public Probe<Landed> probe(Deployment deployment) {
    return deployment.probe();
  }

  @Override
  public Decision<Landed> plan(Deployment deployment, Landed seen) {
    return deployment.plan(seen);
  }

  @Override
  public Value.Dict result(Deployment deployment, Landed seen) {
    return deployment.result(seen);
  }
}
