package dev.hactl.modules.contract;

import dev.hactl.engine.module.Sh;
import dev.hactl.lab.LabHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A container: all its files, units, mounts and processes. */
final class ContainerHost implements ContractHost {
  private static final String COPY = "/contract-copy";

  /** Directories that are copied when the host is fresh and restored from there. */
  private static final String PLACES = "/etc /usr/local /root /home /srv /opt /var";

  private final LabHost lab;
  private final RootShell host;
  private final Spy spy;
  private final Fingerprint fresh;
  private final List<String> packages;

  ContainerHost(LabHost lab) {
    this.lab = lab;
    this.host = RootShell.in(lab);
    this.spy = Spy.onSshd(host::sh, "/opt/contract-spy");
    host.sh("rm -rf " + COPY + "; mkdir " + COPY + "; cp -a --parents " + PLACES + " " + COPY);
    this.packages = packages();
    this.fresh = look();
  }

  @Override
  public String inventory() {
    return "all:\n  hosts:\n" + lab.inventoryEntry(4);
  }

  @Override
  public Spy spy() {
    return spy;
  }

  @Override
  public Cuts cuts() {
    return Cuts.spread(2);
  }

  @Override
  public boolean seesAll() {
    return true;
  }

  @Override
  public RootShell.Result run(String text) {
    return host.run(text);
  }

  @Override
  public List<String> notes() {
    return List.of("/run", "/tmp", "/var/tmp", "/var/log", "/var/lib/hactl");
  }

  @Override
  public void close() {
    host.close();
  }

  @Override
  public Fingerprint look() {
    spy.settle();
    return Fingerprint.parse(host.sh(Fingerprint.LOOK));
  }

  @Override
  public Map<String, String> state() {
    Fingerprint now = look();
    var state = new LinkedHashMap<String, String>();
    List<String> paths = new ArrayList<>(fresh.paths(now));
    for (String line : fresh.changed(now)) {
      String name = line.lines().findFirst().orElse("");
      if (!name.startsWith("file ") && !name.startsWith("process ")) {
        state.put(name, line);
      }
    }
    Map<String, String> copies = describe(COPY, paths);
    describe("", paths)
        .forEach((path, text) -> {
          // What was only touched is as on the fresh host.
          if (!text.equals(copies.get(path))) {
            state.put(path, text);
          }
        });
    return state;
  }

  /** Type, mode, owner and content of each path that is there; cron dates what it installs. */
  private Map<String, String> describe(String below, List<String> paths) {
    var all = new LinkedHashMap<String, String>();
    if (!paths.isEmpty()) {
      String text =
          """
          cd "${below:-/}" || exit
          for p do
            f=$below$p
            if [ -L "$f" ]; then printf '%s\\t-> %s\\n' "$p" "$(readlink "$f")"
            elif [ -f "$f" ]; then
              printf '%s\\t%s %s\\n' "$p" "$(stat -c '%A %U:%G' "$f")" "$(sed '/^# (- installed on /d' "$f" | sha256sum)"
            elif [ -e "$f" ]; then printf '%s\\t%s\\n' "$p" "$(stat -c '%A %U:%G' "$f")"
            fi
          done
          """;
      host.sh("below=" + below + "\nset -- " + Sh.words(paths) + "\n" + text)
          .lines()
          .forEach(l -> all.put(l.replaceFirst("\t.*", ""), l));
    }
    return all;
  }

  @Override
  public void restore() {
    Fingerprint now = look();
    var text = new StringBuilder();
    for (String process : now.processesSince(fresh)) {
      text.append("kill -9 ").append(process).append(" 2> /dev/null\n");
    }
    Map<String, String> units = fresh.units(now);
    units.forEach((unit, state) -> {
      if (!state.contains(" active ")) {
        text.append("systemctl -q stop ").append(Sh.quote(unit)).append(" 2> /dev/null\n");
      }
    });
    List<String> paths = fresh.paths(now);
    List<String> more =
        paths.stream().anyMatch(p -> p.startsWith("/var/lib/dpkg") || p.startsWith("/var/lib/rpm"))
            ? packages()
            : new ArrayList<>();
    more.removeAll(packages);
    if (!more.isEmpty()) {
      text.append("if command -v dnf > /dev/null; then rpm -e --nodeps ")
          .append(Sh.words(more))
          .append("; else dpkg --purge --force-all ")
          .append(Sh.words(more))
          .append("; fi > /dev/null 2>&1\n");
    }
    if (!paths.isEmpty()) {
      text.append("for p in ").append(Sh.words(paths)).append("; do\n").append(RESTORE);
    }
    fresh.changed(now).stream()
        .filter(l -> l.startsWith("kernel hostname"))
        .findFirst()
        .ifPresent(
            l -> text.append("hostname ").append(fresh.facts().get("kernel hostname").strip()));
    if (!units.isEmpty() || paths.stream().anyMatch(p -> p.contains("systemd"))) {
      text.append("\nsystemctl daemon-reload; systemctl reset-failed\n");
    }
    units.forEach((unit, state) -> {
      if (state.contains(" active ")) {
        text.append("systemctl -q start ").append(Sh.quote(unit)).append('\n');
      }
    });
    if (text.isEmpty()) {
      return;
    }
    RootShell.Result result = host.run("{ " + text + "\n} > /dev/null 2>&1\n" + Fingerprint.LOOK);
    List<String> left = fresh.changed(Fingerprint.parse(result.out()));
    if (!left.isEmpty()) {
      throw new AssertionError(
          "the test cannot put the host back:\n" + String.join("\n", left) + "\n" + text);
    }
  }

  /** Files of the container that Docker mounts are written in place. */
  private static final String RESTORE =
      """
        c=%s$p
        case $p in
          /etc/hosts | /etc/hostname | /etc/resolv.conf) cat "$c" > "$p"; continue ;;
        esac
        if [ -d "$c" ] && [ ! -L "$c" ] && [ -d "$p" ] && [ ! -L "$p" ]; then
          chown --reference="$c" "$p"; chmod --reference="$c" "$p"; touch -r "$c" "$p"
        else
          rm -rf "$p"
          if [ -e "$c" ] || [ -L "$c" ]; then cp -a "$c" "$p"; fi
        fi
      done
      """
          .formatted(COPY);

  private List<String> packages() {
    String list =
        host.sh(
            "if command -v dnf > /dev/null; then rpm -qa --qf '%{NAME}\\n'; else"
                + " dpkg-query -W -f '${Package}\\n'; fi");
    return new ArrayList<>(list.lines().sorted().collect(Collectors.toList()));
  }
}
