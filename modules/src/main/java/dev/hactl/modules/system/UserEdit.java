package dev.hactl.modules.system;

import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Sh;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * One property of an existing user that is not as wanted.
 *
 * @param tool which program changes it
 * @param options its words
 * @param shown what an operator sees
 */
record UserEdit(Tool tool, List<String> options, Diff.Property shown) {

  /** In the order in which they run. */
  enum Tool {
    USERMOD,
    MAKE_HOME,
    CHPASSWD,
    LOCK,
    CHAGE
  }

  /** Homes that say that there is none. */
  private static final List<String> NOWHERE = List.of("", "/nonexistent", "/dev/null");

  /** Everything in which the user differs from the wish. */
  static List<UserEdit> between(UserWish wish, AccountState now) {
    var edits = new ArrayList<UserEdit>();
    AccountState.Passwd user = now.passwd().orElseThrow();
    identity(wish.identity(), user, now, edits);
    wish.groups().ifPresent(wanted -> groups(wish, wanted, now, edits));
    home(wish.home(), user, now, edits);
    now.shadow().ifPresent(shadow -> access(wish.access(), shadow, edits));
    return edits;
  }

  private static void identity(
      UserWish.Identity wish, AccountState.Passwd user, AccountState now, List<UserEdit> edits) {
    wish.uid()
        .filter(u -> u != user.uid())
        .ifPresent(u -> {
          var words = new ArrayList<>(List.of("-u", Long.toString(u)));
          if (wish.nonUnique()) {
            words.add("-o");
          }
          edits.add(usermod(words, "uid", Long.toString(user.uid()), Long.toString(u)));
        });
    wish.group()
        .filter(g -> now.group(g).map(x -> x.gid() != user.gid()).orElse(true))
        .ifPresent(
            g -> edits.add(usermod(List.of("-g", g), "group", Long.toString(user.gid()), g)));
    wish.comment()
        .filter(c -> !c.equals(user.comment()))
        .ifPresent(c -> edits.add(usermod(List.of("-c", c), "comment", user.comment(), c)));
    wish.shell()
        .filter(s -> !s.equals(user.shell()))
        .ifPresent(s -> edits.add(usermod(List.of("-s", s), "shell", user.shell(), s)));
  }

  private static void groups(
      UserWish wish, List<String> wanted, AccountState now, List<UserEdit> edits) {
    long primary = now.passwd().orElseThrow().gid();
    List<String> names =
        wanted.stream()
            .map(g -> now.group(g).map(AccountState.Group::name).orElse(g))
            .distinct()
            .sorted()
            .toList();
    List<String> current = now.memberOf().stream().sorted().toList();
    // Being in one's own primary group says nothing; listing it there too is harmless.
    List<String> missing =
        names.stream()
            .filter(n -> !current.contains(n))
            .filter(n -> now.group(n).map(g -> g.gid() != primary).orElse(true))
            .toList();
    boolean tooMany = !wish.append() && current.stream().anyMatch(c -> !names.contains(c));
    if (missing.isEmpty() && !tooMany) {
      return;
    }
    String before = String.join(",", current);
    String after = String.join(",", wish.append() ? join(current, missing) : names);
    List<String> options =
        wish.append()
            ? List.of("-a", "-G", String.join(",", missing))
            : List.of("-G", String.join(",", names));
    edits.add(usermod(options, "groups", before, after));
  }

  private static List<String> join(List<String> some, List<String> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return all.stream().sorted().toList();
  }

  private static void home(
      UserWish.Home wish, AccountState.Passwd user, AccountState now, List<UserEdit> edits) {
    Optional<String> moved = wish.path().filter(p -> !p.equals(user.home()));
    moved.ifPresent(p ->
        edits.add(
            usermod(
                wish.move() && now.home() ? List.of("-d", p, "-m") : List.of("-d", p),
                "home",
                user.home(),
                p)));
    boolean lacks = moved.isPresent() ? !(wish.move() && now.home()) : !now.home();
    if (wish.create() && lacks && !NOWHERE.contains(moved.orElse(user.home()))) {
      edits.add(
          new UserEdit(
              Tool.MAKE_HOME,
              List.of(moved.orElse(user.home())),
              new Diff.Property("home directory", "missing", "present")));
    }
  }

  private static void access(
      UserWish.Access wish, AccountState.Shadow shadow, List<UserEdit> edits) {
    wish.password()
        .filter(p -> wish.update() == UserWish.UpdatePassword.ALWAYS || shadow.neverSet())
        .filter(p -> !unlocked(p.reveal()).equals(unlocked(shadow.password().reveal())))
        .ifPresent(p ->
            edits.add(
                new UserEdit(
                    Tool.CHPASSWD,
                    List.of(),
                    new Diff.Property("password", "<secret>", "<secret, changed>"))));
    wish.locked()
        .filter(l -> l != shadow.locked())
        .ifPresent(l ->
            edits.add(
                new UserEdit(
                    Tool.LOCK,
                    List.of(l ? "-L" : "-U"),
                    new Diff.Property("password_lock", yes(!l), yes(l)))));
    wish.expires()
        .filter(d -> d != shadow.expires())
        .ifPresent(d ->
            edits.add(usermod(List.of("-e", day(d)), "expires", day(shadow.expires()), day(d))));
    chage("-m", "password_expire_min", wish.least(), shadow.least(), edits);
    chage("-M", "password_expire_max", wish.most(), shadow.most(), edits);
    chage("-W", "password_expire_warn", wish.warning(), shadow.warning(), edits);
  }

  private static void chage(
      String option, String name, Optional<Long> wanted, long now, List<UserEdit> edits) {
    LongFunction<String> text = d -> d < 0 ? "" : Long.toString(d);
    wanted
        .filter(d -> d != now)
        .ifPresent(d ->
            edits.add(
                new UserEdit(
                    Tool.CHAGE,
                    List.of(option, Long.toString(d)),
                    new Diff.Property(name, text.apply(now), text.apply(d)))));
  }

  private static UserEdit usermod(List<String> words, String name, String before, String after) {
    return new UserEdit(Tool.USERMOD, words, new Diff.Property(name, before, after));
  }

  private static String unlocked(String hash) {
    return hash.replaceFirst("^!+", "");
  }

  private static String yes(boolean value) {
    return Boolean.toString(value).toLowerCase(Locale.ROOT);
  }

  /** A day as usermod takes it; nothing means never. */
  static String day(long day) {
    return day < 0 ? "" : LocalDate.ofEpochDay(day).toString();
  }

  /** The options of all edits of one tool as shell words. */
  static String words(List<UserEdit> edits, Tool tool) {
    return Sh.words(
        edits.stream().filter(e -> e.tool() == tool).flatMap(e -> e.options().stream()).toList());
  }
}
