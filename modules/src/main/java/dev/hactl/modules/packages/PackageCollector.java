package dev.hactl.modules.packages;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Collector;
import dev.hactl.engine.module.Sh;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks for all package tasks of a batch with one process of the package database. */
enum PackageCollector implements Collector<Query> {
  INSTANCE;

  /** dpkg-query's line: state, name, architecture, version, what it provides. */
  static final String DPKG_FORMAT =
      "${db:Status-Abbrev}|${Package}|${Architecture}|${Version}|${Provides}|\\n";

  /** rpm's line: name, epoch, version, release, architecture. */
  static final String RPM_FORMAT = "%{NAME}|%{EPOCH}|%{VERSION}|%{RELEASE}|%{ARCH}\\n";

  /** Ends the lines of one name in rpm's answer: a name that no package provides. */
  static final String RPM_END = "hactl-end";

  /** Begins the line that {@link #split} puts before the entries of a name. */
  static final String RPM_NAME = "? ";

  @Override
  public String script(List<Query> questions, String nonce) {
    var text = new StringBuilder("(\n");
    text.append("h_s() { printf '\\n%s %s\\n' ").append(nonce).append(" \"$1\"; }\n");
    text.append(DETECT);
    text.append(Note.PROBE);
    Set<Choice> choices =
        questions.stream().map(Query::choice).collect(Collectors.toCollection(LinkedHashSet::new));
    choices.forEach(c -> text.append(choose(c)));
    text.append("h_s tools\nprintf '%s\\n' \"$h_tools\"\n");
    Set<String> archives = union(questions.stream().map(Query::archives).toList());
    Set<String> names = union(questions.stream().map(Query::names).toList());
    text.append("case $h_tools in *apt-get*)\n").append(dpkg(names, archives)).append(";; esac\n");
    text.append("case $h_tools in *dnf*|*yum*)\n").append(rpm(names, archives)).append(";; esac\n");
    if (questions.stream().anyMatch(Query::cache)) {
      text.append(CACHE);
    }
    int index = 0;
    for (Map.Entry<String, Lookup> lookup : lookups(questions).entrySet()) {
      text.append("case $h_tools in *").append(lookup.getValue().tool().command()).append("*) ");
      text.append("h_s lookup").append(index++).append("; ").append(lookup.getKey());
      Set<String> operands = new LinkedHashSet<>(lookup.getValue().operands());
      operands.forEach(o -> text.append(' ').append(Sh.quote(o)));
      text.append(" 2>&1 </dev/null; printf '%s\\n' \"rc=$?\";; esac\n");
    }
    return text.append("h_s end\n)\n").toString();
  }

  @Override
  public List<Answer> split(List<Query> questions, String nonce, byte[] output) {
    Sections sections = Sections.marked(nonce, output);
    if (!sections.has("end")) {
      return Collections.nCopies(questions.size(), Answer.missing());
    }
    int index = 0;
    for (String command : lookups(questions).keySet()) {
      sections.rename("lookup" + index++, "lookup " + command);
    }
    if (sections.has("rpm")) {
      Set<String> names = union(questions.stream().map(Query::names).toList());
      sections.put("rpm", byName(names, sections.get("rpm")));
    }
    return Collections.nCopies(questions.size(), sections.answer());
  }

  // rpm answers in the order of its operands but does not repeat them.
  private static String byName(Set<String> names, String lines) {
    var text = new StringBuilder();
    var next = names.iterator();
    var entries = new StringBuilder();
    for (String line : lines.split("\n", -1)) {
      if (!line.equals("no package provides " + RPM_END)) {
        entries.append(line).append('\n');
      } else if (next.hasNext()) {
        text.append(RPM_NAME).append(next.next()).append('\n').append(entries);
        entries.setLength(0);
      }
    }
    return next.hasNext() ? "" : text.toString();
  }

  private static Map<String, Lookup> lookups(List<Query> questions) {
    var merged = new LinkedHashMap<String, Lookup>();
    for (Query question : questions) {
      for (Lookup lookup : question.lookups()) {
        merged.merge(
            lookup.command(),
            lookup,
            (a, b) ->
                new Lookup(
                    a.tool(),
                    a.command(),
                    List.copyOf(union(List.of(a.operands(), b.operands())))));
      }
    }
    return merged;
  }

  private static Set<String> union(Collection<List<String>> lists) {
    var all = new LinkedHashSet<String>();
    lists.forEach(all::addAll);
    return all;
  }

  /**
   * Sets {@code h_auto} to the tool of the distribution. Where several are installed (dnf on
   * Debian, for instance) the distribution's own name decides.
   */
  private static final String DETECT =
      """
      h_os=; h_tools=
      [ ! -r /etc/os-release ] || while IFS= read -r h_line; do
        case $h_line in ID=*|ID_LIKE=*) h_os="$h_os $h_line" ;; esac
      done < /etc/os-release
      h_has() { command -v "$1" >/dev/null 2>&1; }
      h_first() { for h_t in "$@"; do if h_has "$h_t"; then printf '%s' "$h_t"; return; fi; done; }
      h_pick() {
        case $h_os in
          *debian*|*ubuntu*) h_first apt-get dnf yum ;;
          *) h_first dnf yum apt-get ;;
        esac
      }
      """;

  private static String choose(Choice choice) {
    String pick =
        switch (choice) {
          case AUTO -> "$(h_pick)";
          case APT -> "$(h_first apt-get)";
          case DNF -> "$(h_first dnf yum)";
          case YUM -> "$(h_first yum dnf)";
        };
    return "h_tools=\"$h_tools " + choice + "=" + pick + "\"\n";
  }

  private static String dpkg(Set<String> names, Set<String> archives) {
    // dpkg itself tells the native architecture.
    String alternatives =
        "dpkg"
            + names.stream()
                .map(n -> n.indexOf(':') < 0 ? n : n.substring(0, n.indexOf(':')))
                .filter(n -> n.matches("[A-Za-z0-9+._-]+"))
                .distinct()
                .map(n -> "|" + n.replace(".", "[.]").replace("+", "[+]"))
                .collect(Collectors.joining());
    var text = new StringBuilder("h_s dpkg\ndpkg-query -W -f ");
    text.append(Sh.quote(DPKG_FORMAT))
        .append(" | grep -E -e '^.[^inc]' -e '^..[^ ]' -e ")
        .append(Sh.quote("[| ](" + alternatives + ")[|, ]"))
        .append(
            """

            h_s journal
            for h_f in /var/lib/dpkg/updates/[0-9]*; do
              if [ -e "$h_f" ]; then printf 'journal\\n'; break; fi
            done
            """);
    archives.stream()
        .filter(a -> a.endsWith(".deb"))
        .forEach(a ->
            text.append("h_s ")
                .append(Sh.quote("archive " + a))
                .append("\nif [ -e ")
                .append(Sh.quote(a))
                .append(
                    " ]; then h_a=$(dpkg-deb --show --showformat='${Package}|${Architecture}|${Version}' ")
                .append(Sh.quote(a))
                .append(" 2>&1); printf '%s\\n' \"$h_a\"\n")
                .append(own(a, "dpkg-query -W -f " + Sh.quote(DPKG_FORMAT))));
    return text.toString();
  }

  /**
   * What the database has of the package that an archive was found to hold, whatever its file's
   * name.
   */
  private static String own(String archive, String query) {
    return "h_s "
        + Sh.quote("own " + archive)
        + "; "
        + query
        + " -- \"${h_a%%|*}\" 2>/dev/null; fi\n";
  }

  private static String rpm(Set<String> names, Set<String> archives) {
    var text = new StringBuilder();
    if (!names.isEmpty()) {
      text.append("h_s rpm\nrpm -q --whatprovides --qf ")
          .append(Sh.quote(RPM_FORMAT))
          .append(" --");
      names.forEach(n -> text.append(' ').append(Sh.quote(n)).append(' ').append(RPM_END));
      text.append(" 2>&1\n");
    }
    archives.stream()
        .filter(a -> a.endsWith(".rpm"))
        .forEach(a ->
            text.append("h_s ")
                .append(Sh.quote("archive " + a))
                .append("\nif [ -e ")
                .append(Sh.quote(a))
                .append(" ]; then h_a=$(rpm -qp --nosignature --qf ")
                .append(Sh.quote(RPM_FORMAT))
                .append(" ")
                .append(Sh.quote(a))
                .append(" 2>&1); printf '%s\\n' \"$h_a\"\n")
                .append(own(a, "rpm -q --qf " + Sh.quote(RPM_FORMAT))));
    return text.append(":\n").toString();
  }

  /**
   * Prints the age of the package lists in seconds, or {@code stale} when a source was edited after
   * they were fetched. {@code -nt} is in every sh that hactl meets. apt's own directory tells when
   * lists were fetched; the caches of dnf and yum are written by reading too, hence a stamp.
   */
  private static final String CACHE =
      """
      h_age() {
        h_stamp=$1; shift
        if [ -e "$h_stamp" ]; then
          for h_f in "$@"; do
            if [ "$h_f" -nt "$h_stamp" ]; then printf 'stale\\n'; break; fi
          done
          printf '%s %s\\n' "$(date +%s)" "$(stat -c %Y "$h_stamp")"
        else
          printf 'stale\\n'
        fi
      }
      case $h_tools in *apt-get*) h_s 'cache apt-get'
        h_age /var/lib/apt/lists /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/sources.list.d/* ;;
      esac
      case $h_tools in *=dnf*) h_s 'cache dnf'
        h_age /var/cache/dnf/hactl-refreshed /etc/yum.repos.d /etc/yum.repos.d/* ;;
      esac
      case $h_tools in *=yum*) h_s 'cache yum'
        h_age /var/cache/yum/hactl-refreshed /etc/yum.repos.d /etc/yum.repos.d/* ;;
      esac
      """;
}
