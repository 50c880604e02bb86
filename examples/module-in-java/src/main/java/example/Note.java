package example;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Types;

/** A line of text in a file of its own. */
@HactlModule("note")
public final class Note implements HostModule<Note.Params, Note.Seen> {

  /** What is wanted. */
  record Params(String path, String text) {}

  /** What is there. */
  record Seen(String text) {}

  @Override
  public Manual manual() {
    return Manual.state(
        "Keep a note in a file",
        "The file holds this one line and nothing else.",
        Example.of("Who to ask", "- note:\n    path: /srv/note\n    text: ask Ada\n"));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var path = form.required("path", Types.PATH, "The file.");
    var text = form.required("text", Types.TEXT, "The line.");
    return form.into(a -> new Params(a.get(path), a.get(text)));
  }

  @Override
  public Probe<Seen> probe(Params params) {
    return Probe.sh("cat " + Sh.quote(params.path()) + " 2> /dev/null || :", Note::read);
  }

  private static Seen read(Answer answer) {
    return new Seen(answer.text().strip());
  }

  @Override
  public Decision<Seen> plan(Params params, Seen seen) {
    Thing file = Thing.path(params.path());
    if (seen.text().equals(params.text())) {
      return Decision.ok(file);
    }
    return Decision.change(
        Change.<Seen>to("note " + params.text(), now -> now.text().equals(params.text()))
            .diff(
                Diff.of(
                    params.path(), new Diff.Property("text", seen.text(), params.text())))
            .touches(Footprint.of(file))
            .step(
                Step.sh(
                    "printf '%s\\n' "
                        + Sh.quote(params.text())
                        + " > "
                        + Sh.quote(params.path())))
            .build(),
        file);
  }
}
