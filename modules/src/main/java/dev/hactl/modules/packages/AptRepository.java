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
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.text.Lines;
import dev.hactl.modules.text.Tainted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sources of apt. */
@HactlModule("apt_repository")
public final class AptRepository implements HostModule<AptRepository.Params, AptSources> {
  private static final String DIRECTORY = "/etc/apt/sources.list.d/";

  /** Whether a source is there. */
  enum State {
    PRESENT,
    ABSENT
  }

  /**
   * A source as a task describes it.
   *
   * @param source the source
   * @param absent whether it is to go
   * @param path the file for a new one
   * @param mode permissions of that file
   * @param update whether its lists are fetched
   * @param secret whether the line must not be shown
   */
  public record Params(
      AptSource source,
      boolean absent,
      String path,
      Optional<Mode> mode,
      boolean update,
      boolean secret) {}

  @Override
  public Manual manual() {
    return Manual.state(
            "Add or remove a package source of apt",
            "The source is given in the one-line form of sources.list(5). It counts as present"
                + " wherever it stands, also in a deb822 file; a new one goes to a file in"
                + " /etc/apt/sources.list.d. With update_cache the lists of this source alone are"
                + " fetched. trusted=yes is pointed out in the plan.",
            Example.of(
                "A repository in a local directory",
                """
                - apt_repository:
                    repo: deb [trusted=yes] file:/srv/hactl/apt ./
                    filename: local
                """),
            Example.on(
                "echo 'deb http://192.0.2.1/debian bookworm main'"
                    + " > /etc/apt/sources.list.d/gone.list",
                "A source is gone",
                """
                - apt_repository:
                    repo: deb http://192.0.2.1/debian bookworm main
                    state: absent
                    update_cache: false
                """))
        .returning(
            new Return("repo", "The source."), new Return("sources", "Files that hold it now."));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var repo =
        form.required("repo", Tainted.TYPE, "The source: deb [options] URI suite component...");
    var state =
        form.optional(
            "state", Types.oneOf(State.class), State.PRESENT, "Whether the source is there.");
    var filename =
        form.optional(
            "filename",
            Types.NAME,
            "Name of the file in /etc/apt/sources.list.d without .list; made of the URI when not"
                + " given.");
    var mode = form.optional("mode", Types.MODE, "Permissions of the file; '0644' for a new one.");
    var update =
        form.optional(
            "update_cache",
            Types.BOOL,
            true,
            "Fetch the lists of this source after adding it, or when they are missing.",
            "update-cache");
    form.optional(
        "update_cache_retries", Types.INTEGER, 5L, "Accepted; locks are waited for anyway.");
    form.optional(
        "update_cache_retry_max_delay",
        Types.INTEGER,
        12L,
        "Accepted; locks are waited for anyway.");
    form.optional("codename", Types.TEXT, "Accepted; it concerns ppa: sources only.");
    form.optional("validate_certs", Types.BOOL, true, "Accepted; it concerns ppa: sources only.");
    form.optional("install_python_apt", Types.BOOL, true, "Accepted; no Python is needed.");
    return form.into(a -> {
      AptSource source = AptSource.of(a.get(repo).text());
      String name = a.get(filename).orElse(source.fileName());
      if (!name.matches("[A-Za-z0-9_.-]+")) {
        throw new BadValue(
            "'" + name + "' is a file name that apt ignores",
            "letters, digits and _ - . are allowed (sources.list(5))");
      }
      return new Params(
          source,
          a.get(state) == State.ABSENT,
          DIRECTORY + name + (name.endsWith(".list") ? "" : ".list"),
          a.get(mode),
          a.get(update),
          a.get(repo).secret());
    });
  }

  @Override
  public Probe<AptSources> probe(Params p) {
    return AptSources.PROBE;
  }

  @Override
  public Decision<AptSources> plan(Params p, AptSources seen) {
    if (!seen.apt()) {
      return new Decision.Impossible<>("this host has no apt-get");
    }
    var changes = new ArrayList<Change<AptSources>>();
    if (p.absent()) {
      if (!seen.covering(p.source()).isEmpty()) {
        return new Decision.Impossible<>(
            "the source is in "
                + Text.names(seen.covering(p.source()))
                + ", a deb822 file that is not edited; remove that file or its stanza");
      }
      seen.holding(p.source()).forEach(path -> changes.add(removal(p, seen, path)));
    } else {
      boolean written = written(p, seen);
      if (!written) {
        changes.add(addition(p, seen));
      }
      if (p.update() && (!written || !seen.fetched(p.source()))) {
        changes.add(refresh(p, seen, written));
      }
    }
    return Decision.change(changes, Thing.path(DIRECTORY), Thing.path("/etc/apt/sources.list"));
  }

  private static boolean written(Params p, AptSources seen) {
    List<String> holding = seen.holding(p.source());
    boolean there = !holding.isEmpty() || !seen.covering(p.source()).isEmpty();
    return there && (!holding.contains(p.path()) || modeFits(p, seen));
  }

  private static boolean modeFits(Params p, AptSources seen) {
    Optional<String> now = Optional.ofNullable(seen.modes().get(p.path()));
    return p.mode()
        .filter(m -> now.filter(n -> m.applyTo(octal(n), false).equals(digits(n))).isEmpty())
        .isEmpty();
  }

  private static int octal(String digits) {
    return Integer.parseInt(digits, 8);
  }

  private static String digits(String now) {
    return Mode.digits(octal(now));
  }

  private static Change<AptSources> addition(Params p, AptSources seen) {
    Lines before = new Lines(seen.files().getOrDefault(p.path(), List.of()));
    List<String> after = new ArrayList<>(before.lines());
    if (!seen.holding(p.source()).contains(p.path())) {
      int disabled = disabled(after, p.source());
      String line = Lines.line(p.source().line());
      if (disabled < 0) {
        after.add(line);
      } else {
        after.set(disabled, line);
      }
    }
    String warning =
        p.source().trusted() ? " (warning: apt asks no signature of a trusted=yes source)" : "";
    Lines text = new Lines(after);
    return Change.<AptSources>to("add package source " + shown(p) + warning, s -> written(p, s))
        .diff(new Diff.Lines(p.path(), "", before.text(), text.text(), p.secret()))
        .touches(Footprint.of(Thing.path(p.path()), PackagePlan.LISTS))
        .step(
            new Step.Put(
                p.path(),
                text.content(p.secret()),
                Optional.empty(),
                Optional.empty(),
                p.mode()
                    .map(m -> m.applyTo(octal(seen.modes().getOrDefault(p.path(), "644")), false)),
                false,
                Optional.empty()))
        .build();
  }

  // A source that somebody commented out is enabled where it stands.
  private static int disabled(List<String> lines, AptSource source) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("#")
          && AptSource.parse(line.replaceFirst("^#+", "")).filter(source::equals).isPresent()) {
        return i;
      }
    }
    return -1;
  }

  private static Change<AptSources> removal(Params p, AptSources seen, String path) {
    Lines before = new Lines(seen.files().getOrDefault(path, List.of()));
    Lines after =
        before.edit(lines -> {
          lines.removeIf(l -> AptSource.parse(l).filter(p.source()::equals).isPresent());
          return lines;
        });
    boolean remove = after.blank() && path.startsWith(DIRECTORY);
    return Change.<AptSources>to(
            "remove package source " + shown(p) + " from " + path,
            s -> !s.holding(p.source()).contains(path))
        .diff(new Diff.Lines(path, "", before.text(), remove ? "" : after.text(), p.secret()))
        .touches(Footprint.of(Thing.path(path), PackagePlan.LISTS))
        .step(
            remove
                ? Step.sh("rm -f -- " + Sh.quote(path))
                : Step.put(path, after.content(p.secret())))
        .build();
  }

  private static Change<AptSources> refresh(Params p, AptSources seen, boolean written) {
    String path =
        written
            ? Stream.concat(seen.holding(p.source()).stream(), seen.covering(p.source()).stream())
                .findFirst()
                .orElse(p.path())
            : p.path();
    // The directory's time tells how old all lists are; one source more makes none of them younger.
    String command =
        path.endsWith(".sources")
            ? Commands.of(Tool.APT).refresh(Options.plain())
            : """
            touch -r /var/lib/apt/lists "$h_note/age"
            h_tool apt-get -q update -o APT::Update::Error-Mode=any -o APT::Get::List-Cleanup=0 \\
              -o Dir::Etc::sourceparts=- -o Dir::Etc::sourcelist=%s
            touch -r "$h_note/age" /var/lib/apt/lists
            """
                .formatted(Sh.quote(path));
    return Change.<AptSources>to(
            "fetch the package lists of " + shown(p), s -> s.fetched(p.source()))
        .diff(
            Diff.of(
                "package lists",
                new Diff.Property(
                    shown(p), seen.fetched(p.source()) ? "fetched before" : "missing", "fetched")))
        .touches(Footprint.of(PackagePlan.LISTS))
        .step(Transaction.step(Tool.APT, Options.plain(), command, List.of(), List.of()))
        .build();
  }

  private static String shown(Params p) {
    return p.secret() ? "(secret)" : p.source().line();
  }

  @Override
  public Value.Dict result(Params p, AptSources seen) {
    var result = new LinkedHashMap<String, Value>();
    result.put("repo", Value.tainted(Value.text(p.source().line()), p.secret()));
    var files = new ArrayList<Value>();
    seen.holding(p.source()).forEach(f -> files.add(Value.text(f)));
    seen.covering(p.source()).forEach(f -> files.add(Value.text(f)));
    result.put("sources", new Value.Items(files));
    return new Value.Dict(result);
  }
}
