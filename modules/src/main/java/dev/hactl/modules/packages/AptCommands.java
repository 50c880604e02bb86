package dev.hactl.modules.packages;

import dev.hactl.engine.module.Sh;
import java.util.ArrayList;
import java.util.List;

/** apt-get(8), dpkg(1). */
record AptCommands() implements Commands {

  @Override
  public String simulation(Request request, Options options) {
    return line("apt-get -s", options, request, allowances(options, true), true);
  }

  @Override
  public Simulation read(String text) {
    return AptOutput.simulation(text);
  }

  @Override
  public String run(Request request, Options options, boolean mayRemove) {
    boolean removing = request instanceof Request.Remove || request instanceof Request.Whole;
    String allowed = allowances(options, false) + (removing || mayRemove ? "" : " --no-remove");
    return "h_tool " + line("apt-get", options, request, allowed, false) + "\n";
  }

  @Override
  public String refresh(Options options) {
    // apt leaves the directory's time alone when nothing new came: the lists are fresh all the
    // same.
    return "h_tool apt-get -q update -o APT::Update::Error-Mode=any\ntouch /var/lib/apt/lists\n";
  }

  @Override
  public String repair(List<String> broken, List<String> noted, Options options) {
    String dpkg = dpkgWords(options);
    String flags = "-y -q -o Dpkg::Use-Pty=0" + dpkg;
    var text = new StringBuilder("h_tool dpkg");
    options.dpkgOptions().forEach(o -> text.append(' ').append(Sh.quote("--" + o)));
    text.append(" --configure -a");
    text.append(broken.isEmpty() ? "" : " || :").append('\n');
    if (!broken.isEmpty()) {
      text.append("h_tool apt-get ")
          .append(flags)
          .append(" --reinstall --no-remove install ")
          .append(Sh.words(broken))
          .append('\n');
    }
    return text.append("h_tool apt-get ")
        .append(flags)
        .append(" --no-remove -f install\n")
        .toString();
  }

  @Override
  public String removesOnly(Request request, List<Move> removed, Options options) {
    String expected =
        String.join("\n", removed.stream().map(Move::name).distinct().sorted().toList());
    return "h_would=$("
        + simulation(request, options)
        + " </dev/null | sed -n -e 's/^Remv \\([^ :]*\\).*/\\1/p' -e 's/^Purg \\([^ :]*\\).*/\\1/p'"
        + " | LC_ALL=C sort -u)\n[ \"$h_would\" = "
        + Sh.quote(expected)
        + " ] || { printf '%s\\n' \"$h_would\"; exit 1; }\n";
  }

  // Simulated with every allowance, so that one look tells what would happen; the plan then judges.
  private static String allowances(Options options, boolean simulated) {
    var words = new StringBuilder();
    if (simulated || options.allowDowngrade()) {
      words.append(" --allow-downgrades");
    }
    if (options.allowHeld()) {
      words.append(" --allow-change-held-packages");
    }
    return words.toString();
  }

  private static String line(
      String program, Options options, Request request, String allowed, boolean simulated) {
    var words = new ArrayList<>(options.words());
    String verb =
        switch (request) {
          case Request.Install i -> "install";
          case Request.Newest n -> "install";
          case Request.Remove r -> options.purge() ? "purge" : "remove";
          case Request.Whole w -> w.verb();
        };
    if (options.autoremove()) {
      words.add("--auto-remove");
    }
    if (options.onlyUpgrade()) {
      words.add("--only-upgrade");
    }
    if (options.purge() && request instanceof Request.Whole) {
      words.add("--purge");
    }
    return program
        + " -y -q"
        + (simulated ? "" : " -o Dpkg::Use-Pty=0" + dpkgWords(options))
        + (words.isEmpty() ? "" : " " + Sh.words(words))
        + allowed
        + " "
        + verb
        + (request.operands().isEmpty() ? "" : " -- " + Sh.words(request.operands()));
  }

  private static String dpkgWords(Options options) {
    var text = new StringBuilder(" -o DPkg::Lock::Timeout=" + options.lockSeconds());
    options
        .dpkgOptions()
        .forEach(o -> text.append(" -o ").append(Sh.quote("Dpkg::Options::=--" + o)));
    return text.toString();
  }
}
