package dev.hactl.engine.run;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Draft;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Stage;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Transaction;
import dev.hactl.engine.module.TransactionModule;
import dev.hactl.engine.module.Types;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A module that edits a document of words: a folder that the hosts share. */
record WordModule(Words words)
    implements TransactionModule<WordModule.Edit, TreeSet<String>, WordModule.Edit> {

  /** The document: words of it, and those that an edit needs there already. */
  record Words(Path folder) implements Transaction<TreeSet<String>, Edit> {
    @Override
    public String name() {
      return "words";
    }

    @Override
    public Probe<TreeSet<String>> probe() {
      return Probe.sh(
          "ls " + Sh.quote(folder.toString()), a -> new TreeSet<>(a.text().lines().toList()));
    }

    @Override
    public Draft<TreeSet<String>, Edit> begin(Members<TreeSet<String>> seen) {
      return new WordsDraft(this, seen, seen.observed().firstEntry().getValue(), List.of());
    }
  }

  record Edit(String word, String needs) {}

  private record WordsDraft(
      Words words, Members<TreeSet<String>> seen, TreeSet<String> now, List<Edit> edits)
      implements Draft<TreeSet<String>, Edit> {

    @Override
    public Next<TreeSet<String>, Edit> with(Edit edit) {
      if (!edit.needs().isEmpty() && !now.contains(edit.needs())) {
        return new Next.Stopped<>(
            new ClusterDecision.Blocked<>(Thing.user("x"), "there is no " + edit.needs()));
      }
      var next = new TreeSet<>(now);
      boolean adds = next.add(edit.word());
      var all = new ArrayList<>(edits);
      all.add(edit);
      return new Next.Drafted<>(
          new WordsDraft(words, seen, next, all),
          adds ? List.of("+ " + edit.word()) : List.of(),
          adds ? List.of(Diff.of("word", new Diff.Property(edit.word(), "", "there"))) : List.of());
    }

    @Override
    public ClusterDecision<TreeSet<String>> decide() {
      TreeSet<String> there = seen.observed().firstEntry().getValue();
      if (now.equals(there)) {
        return ClusterDecision.ok();
      }
      for (int i = 0; i < edits.size(); i++) {
        if (edits.get(i).word().startsWith("bad")) {
          return new ClusterDecision.Impossible<>("a bad word", List.of(i));
        }
      }
      String dir = Sh.quote(words.folder().toString());
      var text = new StringBuilder("cd " + dir + " || exit\n");
      text.append("[ \"$(ls)\" = ").append(Sh.quote(String.join("\n", there)));
      text.append(" ] || exit 75\necho >> ../pushes\n");
      now.forEach(w -> text.append("touch ").append(Sh.quote(w)).append('\n'));
      String writer =
          seen.names().stream().filter(seen.acting()::contains).findFirst().orElseThrow();
      return ClusterDecision.stages(
          List.of(
              Stage.of(
                      writer,
                      Change.<Members<TreeSet<String>>>to(
                              "write", m -> m.everywhere(w -> w.containsAll(now)))
                          .step(Step.sh(text.toString()))
                          .build())
                  .unlessMoved(75)));
    }

    @Override
    public List<Thing> reliesOn() {
      return List.of();
    }
  }

  @Override
  public Manual manual() {
    return Manual.state("Words", "Words of a document.");
  }

  @Override
  public Form<Edit> form() {
    var form = Form.builder();
    var word = form.required("word", Types.NAME, "What it holds.");
    var needs = form.optional("needs", Types.NAME, "What must be there before.");
    return form.into(a -> new Edit(a.get(word), a.get(needs).orElse("")));
  }

  @Override
  public Transaction<TreeSet<String>, Edit> transaction() {
    return words;
  }

  @Override
  public Edit edit(Edit params) {
    return params;
  }
}
