package dev.hactl.modules.packages;

import dev.hactl.engine.module.Sh;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** dnf(8), yum(8), rpm(8). */
record RpmCommands(Tool tool) implements Commands {

  /** dnf logs every call, also read-only ones; theirs go where hactl's own scratch files are. */
  static final String QUIET_LOGS = "--setopt=logdir=/run/hactl/dnf";

  private static final String INSTALLED = "== installed ==";

  @Override
  public String simulation(Request request, Options options) {
    return line("-C --assumeno " + QUIET_LOGS, options, request)
        + " 2>&1 </dev/null; printf '%s\\n' '"
        + INSTALLED
        + "'; rpm -qa --qf '%{NAME}|%{EPOCH}|%{VERSION}|%{RELEASE}|%{ARCH}\\n'";
  }

  @Override
  public Simulation read(String text) {
    int at = text.indexOf(INSTALLED);
    Map<String, String> before = new HashMap<>();
    if (at >= 0) {
      for (String entry : text.substring(at + INSTALLED.length()).strip().split("\n", -1)) {
        if (entry.indexOf('|') > 0) {
          Installed p = Installed.rpm(entry, List.of());
          before.put(p.name(), p.version());
        }
      }
    }
    return RpmOutput.simulation(at < 0 ? text : text.substring(0, at), before);
  }

  @Override
  public String run(Request request, Options options, boolean mayRemove) {
    String erasing = mayRemove && tool == Tool.DNF ? " --allowerasing" : "";
    if (request instanceof Request.Newest newest) {
      // Without fresh lists nobody can say which of them are missing: two commands, both harmless
      // when there is nothing to do.
      return "h_tool "
          + line("-y" + erasing, options, new Request.Install(newest.specs()))
          + "\nh_tool "
          + tool.command()
          + " -y"
          + words(options)
          + " upgrade "
          + Sh.words(newest.specs())
          + "\n";
    }
    return "h_tool " + line("-y" + erasing, options, request) + "\n";
  }

  @Override
  public String refresh(Options options) {
    String cache = tool == Tool.DNF ? "/var/cache/dnf" : "/var/cache/yum";
    return "h_tool "
        + tool.command()
        + words(options)
        + " clean expire-cache\nh_tool "
        + tool.command()
        + words(options)
        + " makecache\nmkdir -p "
        + cache
        + "\n: > "
        + cache
        + "/hactl-refreshed\n";
  }

  @Override
  public String repair(List<String> broken, List<String> noted, Options options) {
    // rpm records a package before its last scriptlet has run, and an upgrade that was cut short
    // leaves the old entry beside the new one; installing the noted packages once more ends both.
    return noted.isEmpty()
        ? ""
        : """
        h_have=
        for h_p in %1$s; do
          if rpm -q -- "$h_p" >/dev/null 2>&1; then h_have="$h_have $h_p"; fi
        done
        if [ -n "$h_have" ]; then
          h_twice=$(rpm -q --qf '%%{NAME}\\n' $h_have | LC_ALL=C sort | uniq -d)
          if [ -n "$h_twice" ]; then
            h_tool %2$s -y%3$s remove --duplicates
          else
            h_tool %2$s -y%3$s reinstall $h_have
          fi
        fi
        """
            .formatted(Sh.words(noted), tool.command(), words(options));
  }

  @Override
  public String removesOnly(Request request, List<Move> removed, Options options) {
    // Fails when a package that is not in the list needs one that is.
    return "rpm -e --test -- " + Sh.words(removed.stream().map(Move::name).toList()) + " 2>&1\n";
  }

  private String line(String flags, Options options, Request request) {
    String verb =
        switch (request) {
          case Request.Install i -> options.onlyUpgrade() ? "upgrade" : "install";
          case Request.Newest n -> "upgrade";
          case Request.Remove r -> "remove";
          case Request.Whole w -> w.verb();
        };
    // Otherwise dnf also removes what only these packages needed.
    String keep =
        request instanceof Request.Remove && !options.autoremove()
            ? " --setopt=clean_requirements_on_remove=0"
            : "";
    return tool.command()
        + " "
        + flags
        + words(options)
        + keep
        + " "
        + verb
        + (request.operands().isEmpty() ? "" : " -- " + Sh.words(request.operands()));
  }

  private static String words(Options options) {
    return options.words().isEmpty() ? "" : " " + Sh.words(options.words());
  }
}
