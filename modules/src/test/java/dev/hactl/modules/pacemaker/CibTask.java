package dev.hactl.modules.pacemaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.hactl.modules.TaskText;
import dev.hactl.modules.cib.Cib;
import dev.hactl.modules.cib.CibEdit;
import dev.hactl.modules.cib.Edited;
import dev.hactl.modules.cib.ObjectChange;
import dev.hactl.modules.cib.OperatorState;
import dev.hactl.modules.cib.WorkingCopy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tasks on recorded configurations. */
final class CibTask {
  private CibTask() {}

  static Cib sample(String name) {
    try (InputStream in = CibEdit.class.getResourceAsStream(name + ".xml")) {
      return Cib.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <P> CibEdit edit(CibModule<P> module, String yaml) {
    return module.edit(TaskText.bind(module.form(), yaml));
  }

  /** One line a changed object; the reason in brackets when it cannot be done. */
  static <P> List<String> plan(CibModule<P> module, Cib cib, String yaml) {
    CibEdit edit = edit(module, yaml);
    var copy = WorkingCopy.of(cib);
    return switch (copy.apply(edit)) {
      case Edited.Done done -> {
        twice(cib, edit, done);
        yield copy.diff(edit, done).stream().map(ObjectChange::toString).toList();
      }
      case Edited.Missing m -> List.of("[missing " + m.id() + "] " + m.message());
      case Edited.Refused r -> List.of("[refused] " + r.message());
    };
  }

  /** The same edit again changes nothing, and what is the operator's is still there. */
  private static void twice(Cib before, CibEdit edit, Edited.Done done) {
    var again = assertInstanceOf(Edited.Done.class, WorkingCopy.of(done.cib()).apply(edit));
    assertEquals(done.cib(), again.cib());
    assertEquals(before.section("nodes"), done.cib().section("nodes"));
    List<String> kept =
        OperatorState.of(before).stream()
            .filter(line ->
                edit.declares(before).stream()
                    .noneMatch(a -> line.contains(" " + a.resource() + " " + a.name() + "=")))
            .toList();
    assertEquals(
        kept, OperatorState.of(done.cib()).stream().filter(kept::contains).toList(), "kept state");
  }

  static <P> Cib after(CibModule<P> module, Cib cib, String yaml) {
    return assertInstanceOf(Edited.Done.class, WorkingCopy.of(cib).apply(edit(module, yaml)), yaml)
        .cib();
  }
}
