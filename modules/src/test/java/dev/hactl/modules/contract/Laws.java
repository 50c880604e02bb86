package dev.hactl.modules.contract;

import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.source.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Holds one example against the laws of the module contract and collects what breaks them. */
final class Laws {
  /**
   * Texts that are programs with their words, or shell texts that start some: what stands there is
   * in the process list because a user put it there, and the manuals of these modules say so.
   */
  private static final Set<String> HANDS_WORDS_OVER =
      Set.of(
          "command/cmd", "command/check", "shell/cmd", "shell/check", "script/cmd", "script/check");

  private final String name;
  private final Module<?> module;
  private final Manual.Example example;
  private final ContractHost host;
  private final Modules modules;
  private final Path folder;
  private final List<String> broken = new ArrayList<>();
  private int playbooks;

  Laws(
      String name,
      Module<?> module,
      Manual.Example example,
      ContractHost host,
      Modules modules,
      Path folder) {
    this.name = name;
    this.module = module;
    this.example = example;
    this.host = host;
    this.modules = modules;
    this.folder = folder;
  }

  /** Every law that the example breaks, with what was seen. */
  List<String> broken() {
    host.restore();
    prepare();
    Playbook playbook = playbook(example.yaml(), host.inventory());
    Fingerprint before = host.look();
    host.spy().start();
    Playbook.Run check = playbook.check(Set.of());
    int looked = host.spy().stop().size();
    Fingerprint after = host.look();
    require(1, "a probe changed the host", before.touched(after));
    Set<String> consents = check.tokens();
    host.spy().start();
    Playbook.Run applied = playbook.apply(consents);
    List<String> started = host.spy().stop();
    if (applied.exit() != 0) {
      broken.add("law 2: apply ended with exit " + applied.exit() + ":\n" + applied.story());
      return broken;
    }
    foretold(check, applied);
    Fingerprint done = host.look();
    if (applied.quiet()) {
      require(3, "apply said ok and changed the host", after.changed(done));
    }
    require(
        3, "apply wrote more or less than it said", host.miscounted(after, done, changed(applied)));
    Map<String, String> state = host.state();
    again(playbook, consents, done);
    if (module.manual().kind() != Manual.Kind.CONTROL && !applied.quiet()) {
      cuts(playbook, consents, state, host.cuts().of(started, steps(started, looked)));
    }
    return broken;
  }

  private void prepare() {
    if (!example.before().isEmpty()) {
      var result = host.run(example.before());
      if (result.status() != 0) {
        throw new AssertionError("'before' of this example fails: " + result);
      }
    }
  }

  /** How many tasks, or items of a loop, changed something. */
  private static long changed(Playbook.Run run) {
    return run.ended().stream().filter(e -> !e.changes().isEmpty()).count();
  }

  private void foretold(Playbook.Run check, Playbook.Run applied) {
    List<Event.TaskEnded> said = check.ended();
    List<Event.TaskEnded> did = applied.ended();
    for (int i = 0; i < Math.min(said.size(), did.size()); i++) {
      if (said.get(i).outcome() instanceof Outcome.Ok
          && did.get(i).outcome() instanceof Outcome.Changed) {
        broken.add(
            "law 3: '"
                + did.get(i).task()
                + "' was shown as ok by check and changed by apply:\n"
                + applied.story());
      }
      if (said.get(i).outcome() instanceof Outcome.Failed
          || said.get(i).outcome() instanceof Outcome.Refused) {
        broken.add(
            "law 3: '"
                + did.get(i).task()
                + "' was foretold to fail and did not:\n"
                + check.story());
      }
    }
    if (said.size() != did.size()) {
      broken.add("law 3: check told of " + said.size() + " tasks, apply of " + did.size());
    }
  }

  private void again(Playbook playbook, Set<String> consents, Fingerprint done) {
    if (repeats()) {
      return;
    }
    Playbook.Run second = playbook.apply(consents);
    if (!second.quiet() || second.exit() != 0) {
      broken.add("law 2: a second apply still finds something:\n" + second.story());
    }
    require(2, "a second apply changed the host", done.touched(host.look()));
  }

  /** Restarting and reloading are actions: done each time they are asked for. */
  private boolean repeats() {
    return example.yaml().matches("(?s).*state: (restarted|reloaded).*");
  }

  /** What hactl starts around steps: its lock, its folder. */
  private static final Pattern AROUND = Pattern.compile("flock .*|date .*|.* /run/hactl.*");

  /**
   * The indexes of the programs that steps started.
   *
   * @param looked how many were started before, to look
   */
  private static List<Integer> steps(List<String> programs, int looked) {
    var steps = new ArrayList<Integer>();
    for (int i = looked; i < programs.size(); i++) {
      if (!AROUND.matcher(programs.get(i)).matches()) {
        steps.add(i);
      }
    }
    return steps;
  }

  /** Cuts the connection inside the steps, row by row, and runs again each time. */
  private void cuts(
      Playbook playbook, Set<String> consents, Map<String, String> state, List<List<Cut>> rows) {
    for (List<Cut> row : rows) {
      host.restore();
      prepare();
      var where = new StringJoiner(" and then ");
      var story = new StringJoiner("\n");
      for (Cut point : row) {
        host.spy().cut(point);
        story.add(playbook.apply(consents).story());
        boolean reached = host.spy().wasCut();
        where.add(point + (reached ? "" : ", which was never reached"));
        if (point.sure() && !reached) {
          broken.add("law 5: " + where);
        }
        host.spy().stop();
      }
      Playbook.Run rerun = playbook.apply(consents);
      if (rerun.exit() != 0) {
        broken.add(
            "law 5: %s, the rerun ended with exit %d:\n%s\n%s"
                .formatted(where, rerun.exit(), story, rerun.story()));
        continue;
      }
      require(5, where + ", the rerun ended in another state", differences(state, host.state()));
      if (!host.seesAll() && !repeats()) {
        Playbook.Run third = playbook.apply(consents);
        if (!third.quiet() || third.exit() != 0) {
          broken.add("law 5: " + where + ", the rerun left something:\n" + third.story());
        }
      }
    }
  }

  private static List<String> differences(Map<String, String> wanted, Map<String, String> found) {
    var lines = new ArrayList<String>();
    var names = new LinkedHashSet<>(wanted.keySet());
    names.addAll(found.keySet());
    for (String name : names) {
      String a = wanted.getOrDefault(name, "(as on a fresh host)");
      String b = found.getOrDefault(name, "(as on a fresh host)");
      if (!a.equals(b)) {
        lines.add(name + "\n      - " + a + "\n      + " + b);
      }
    }
    return lines;
  }

  /** Law 4: generated mistakes are refused with their place and nothing connects. */
  List<String> mistakes(Mistakes variants) {
    try (var nobody = new Unreached()) {
      for (Mistakes.Variant variant : variants.mistakes()) {
        Playbook playbook = playbook(variant.yaml(), nobody.inventory());
        try {
          Playbook.Run run = playbook.apply(Set.of());
          broken.add("law 4: " + variant.what() + " was not refused:\n" + run.story());
        } catch (SourceException e) {
          String message = String.valueOf(e.getMessage());
          boolean placed = message.matches("(?s).*site\\.yml:\\d+:\\d+: error: .*");
          if (!placed || !message.contains(variant.says())) {
            broken.add("law 4: " + variant.what() + " has a poor message:\n" + message);
          }
        }
        if (nobody.connections() > 0) {
          broken.add("law 4: " + variant.what() + " was found only after a connection");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return broken;
  }

  /** Law 6: a secret in a text reaches neither the process list nor any output. */
  List<String> secrets(Mistakes.Variant variant) {
    if (HANDS_WORDS_OVER.contains(name + "/" + variant.what())) {
      return broken;
    }
    Playbook playbook = playbook(variant.yaml(), host.inventory());
    try {
      playbook.foresee();
      host.restore();
      prepare();
      host.spy().start();
      Playbook.Run check = playbook.check(Set.of());
      Playbook.Run run = playbook.apply(check.tokens());
      for (Event event : check.events()) {
        hides("output of check", event.toString());
      }
      for (Event event : run.events()) {
        hides("output", event.toString());
      }
    } catch (SourceException e) {
      hides("message", String.valueOf(e.getMessage()));
      return broken;
    }
    host.spy().words().lines().forEach(line -> hides("words of a program", line));
    host.spy().settle();
    host.run(
            "grep -rlsF --exclude-dir=contract-spy -D skip -e %s -- %s || :"
                .formatted(Playbook.MARKER, String.join(" ", host.notes())))
        .out()
        .lines()
        .forEach(path -> broken.add("law 6: the secret stands in " + path));
    return broken;
  }

  private void hides(String where, String text) {
    if (text.contains(Playbook.MARKER)) {
      broken.add("law 6: the secret stands in the " + where + ":\n      " + text);
    }
  }

  private void require(int law, String what, List<String> differences) {
    if (!differences.isEmpty()) {
      broken.add("law " + law + ": " + what + ":\n    " + String.join("\n    ", differences));
    }
  }

  private Playbook playbook(String yaml, String inventory) {
    try {
      Path own = Files.createDirectory(folder.resolve("playbook" + ++playbooks));
      return Playbook.of(own, modules, yaml, inventory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
