package dev.hactl.modules.packages;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Mode;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.files.FileProbe;
import dev.hactl.modules.files.FileQuestion;
import dev.hactl.modules.files.FileState;
import dev.hactl.modules.text.Lines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Repositories of yum and dnf. */
@HactlModule("yum_repository")
public final class YumRepository implements HostModule<YumRepositoryParams, YumRepository.Seen> {
  private static final int LARGEST = 256 * 1024;

  /**
   * What stands at the file's path.
   *
   * @param file the file
   * @param directory whether its directory is there
   */
  public record Seen(FileState file, boolean directory) {}

  @Override
  public Manual manual() {
    return Manual.state(
            "Add or remove a repository of yum and dnf",
            "Writes one section of a file in /etc/yum.repos.d. The section holds exactly the given"
                + " options afterwards; comments in it and other sections stay. A file whose last"
                + " section goes is removed. gpgcheck: false is pointed out in the plan. dnf and"
                + " yum fetch the lists of a new repository by themselves at the next transaction."
                + " Source: yum.conf(5), section [repository].",
            Example.on(
                "mkdir -p /etc/yum.repos.d",
                "A repository in a local directory",
                """
                - yum_repository:
                    name: local-pacemaker
                    description: Pacemaker from a local directory
                    baseurl: file:///srv/packages/pacemaker
                    gpgcheck: false
                """),
            Example.on(
                "mkdir -p /etc/yum.repos.d; printf '[gone]\\nname=x\\nbaseurl=file:///x\\n'"
                    + " > /etc/yum.repos.d/gone.repo",
                "A repository is gone",
                "- yum_repository:\n    name: gone\n    state: absent\n"))
        .returning(
            new Return("repo", "The repository's name."), new Return("state", "The wished state."));
  }

  @Override
  public Form<YumRepositoryParams> form() {
    return YumRepositoryParams.form();
  }

  @Override
  public Probe<Seen> probe(YumRepositoryParams p) {
    return FileProbe.of(
            List.of(
                FileQuestion.of(p.path()).following().withContent(LARGEST),
                FileQuestion.of(p.directory()).following()))
        .map(both -> new Seen(both.getFirst(), both.getLast().isDirectory()));
  }

  @Override
  public Decision<Seen> plan(YumRepositoryParams p, Seen seen) {
    FileState file = seen.file();
    if (!seen.directory() && !p.absent()) {
      return new Decision.Blocked<>(
          Thing.path(p.directory()), "the directory " + p.directory() + " is missing");
    }
    if (file.exists() && file.content().isEmpty()) {
      return new Decision.Impossible<>(
          p.path() + " cannot be read: " + (file.reason().isEmpty() ? "too large" : file.reason()));
    }
    Thing path = Thing.path(p.path());
    if (done(p, file)) {
      return Decision.ok(path);
    }
    Lines before = lines(file);
    IniSection section = IniSection.of(before, p.name());
    Lines after = p.absent() ? section.without() : section.with(p.name(), p.options());
    boolean remove = p.absent() && !section.hasNeighbours();
    Change.Builder<Seen> change =
        Change.<Seen>to(what(p, section), s -> done(p, s.file()))
            .diff(
                new Diff.Lines(p.path(), "", before.text(), remove ? "" : after.text(), p.secret()))
            .touches(Footprint.of(path, PackagePlan.LISTS));
    p.mode()
        .filter(m -> file.isFile() && !remove && !modeFits(m, file))
        .ifPresent(m ->
            change.diff(
                Diff.of(
                    p.path(),
                    new Diff.Property("mode", Mode.digits(file.stat().mode()), target(m, file)))));
    Step step =
        remove
            ? Step.sh("rm -f -- " + Sh.quote(p.path()))
            : new Step.Put(
                p.path(),
                after.content(p.secret()),
                p.owner(),
                p.group(),
                p.mode().map(m -> target(m, file)),
                false,
                Optional.empty());
    return Decision.change(change.step(step).build(), path);
  }

  private static boolean done(YumRepositoryParams p, FileState file) {
    IniSection section = IniSection.of(lines(file), p.name());
    if (p.absent()) {
      return !section.exists();
    }
    return section.exists()
        && section.values().equals(p.options())
        && p.owner().filter(o -> !o.equals(file.stat().owner())).isEmpty()
        && p.group().filter(g -> !g.equals(file.stat().group())).isEmpty()
        && p.mode().filter(m -> !modeFits(m, file)).isEmpty();
  }

  private static Lines lines(FileState file) {
    return Lines.of(file.content().map(c -> c.bytes()).orElse(new byte[0]));
  }

  private static boolean modeFits(Mode wanted, FileState file) {
    return target(wanted, file).equals(Mode.digits(file.stat().mode()));
  }

  private static String target(Mode wanted, FileState file) {
    return wanted.applyTo(file.isFile() ? file.stat().mode() : 0644, false);
  }

  private static String what(YumRepositoryParams p, IniSection section) {
    if (p.absent()) {
      return "remove repository " + p.name();
    }
    Map<String, String> options = p.options();
    String warning =
        options.getOrDefault("gpgcheck", "1").equals("0")
            ? " (warning: gpgcheck=0 accepts packages that nobody signed)"
            : "";
    return (section.exists() ? "change" : "add") + " repository " + p.name() + warning;
  }

  @Override
  public Value.Dict result(YumRepositoryParams p, Seen seen) {
    var result = new LinkedHashMap<String, Value>();
    result.put("repo", Value.text(p.name()));
    result.put("state", Value.text(p.absent() ? "absent" : "present"));
    return new Value.Dict(result);
  }

  /** Refuses what would break the file's structure. */
  static void checkName(String name) {
    if (!name.matches("[A-Za-z0-9._:-]+")) {
      throw new BadValue(
          "'" + name + "' is not a repository name", "letters, digits and . _ : - are allowed");
    }
    if (name.equals("main")) {
      throw new BadValue("'main' is yum's own section");
    }
  }

  /** The type of the options that are lists in yum's file. */
  static final class Kinds {
    private Kinds() {}

    static final Type.Plain<Setting> TEXT = Types.plain("text", "string", v -> Setting.of(v, " "));
    static final Type.Plain<Setting> LINES =
        Types.plain("list of texts", "array", v -> Setting.of(v, "\n"));
    static final Type.Plain<Setting> FLAG =
        Types.plain(
            "boolean",
            "boolean",
            v -> new Setting(Types.BOOL.convert().apply(v) ? "1" : "0", false));
  }

  /** One option's value as it stands in the file. */
  record Setting(String text, boolean secret) {
    static Setting of(Value value, String separator) {
      String text = String.join(separator, Types.TEXTS.convert().apply(value));
      if (!separator.equals("\n") && text.indexOf('\n') >= 0) {
        throw new BadValue("a line break is not possible here");
      }
      return new Setting(text, value.secret());
    }
  }
}
