package dev.hactl.modules.files;

import dev.hactl.engine.module.Content;
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
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A file whose content is rendered on the controller. */
@HactlModule("template")
public final class Template implements HostModule<Deployment, Landed> {

  /** Line ends that a rendered file can have. */
  enum LineEnd {
    LF,
    CRLF,
    CR
  }

  @Override
  public Manual manual() {
    return Manual.state(
            "Write a file from a template",
            """
            Renders a FreeMarker template (found in templates/ beside the playbook) with the \
            variables of the host and writes it as 'copy' does: complete or not at all, with the \
            attributes of the old file kept where none are given. The diff is shown with the \
            name of the template. Differs from Ansible: templates are FreeMarker, not Jinja; \
            symbolic links are followed unless 'follow: false'; 'validate' is a command for sh(1) \
            and runs in check mode too, on a candidate in a private temporary directory.\
            """,
            Example.of(
                "A configuration file",
                """
                - template:
                    src: motd.ftl
                    dest: /etc/motd
                    mode: '0644'
                """),
            Example.of(
                "A file that must be valid before it lands",
                """
                - template:
                    src: cleanup.sh.ftl
                    dest: /usr/local/sbin/cleanup
                    mode: u=rwx,go=rx
                    validate: sh -n %s
                """))
        .returning(returns());
  }

  static Return[] returns() {
    return new Return[] {
      new Return("dest", "the file"),
      new Return("src", "where its content comes from"),
      new Return("checksum", "SHA-256 of its content"),
      new Return("path", "the file"),
      new Return("state", "file"),
      new Return("owner", "name of its owner"),
      new Return("group", "name of its group"),
      new Return("uid", "number of its owner"),
      new Return("gid", "number of its group"),
      new Return("mode", "four octal digits"),
      new Return("size", "bytes")
    };
  }

  @Override
  public Form<Deployment> form() {
    var form = Form.builder();
    var src =
        form.required("src", Types.TEMPLATE, "The template, in templates/ beside the playbook.");
    var deploy = new DeployForm(form);
    var newline =
        form.optional(
            "newline_sequence",
            Types.oneOf(LineEnd.class),
            LineEnd.LF,
            "Line ends: lf as the template has them, or crlf or cr in their place.");
    return form.into(a -> {
      Content content = a.get(src);
      String name = DeployForm.name(content).orElse("");
      String plain = name.endsWith(".ftl") ? name.substring(0, name.length() - 4) : name;
      return deploy.of(
          a, ended(content, a.get(newline)), Optional.of(plain).filter(n -> !n.isEmpty()));
    });
  }

  private static Content ended(Content content, LineEnd end) {
    if (end == LineEnd.LF || !(content instanceof Content.Inline inline)) {
      return content;
    }
    String text = inline.text().replace("\n", end == LineEnd.CR ? "\r" : "\r\n");
    return Content.of(text.getBytes(StandardCharsets.UTF_8), inline.secret(), inline.source());
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
