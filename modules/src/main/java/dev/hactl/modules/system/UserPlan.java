package dev.hactl.modules.system;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.value.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What has to be done to a user. Pure. */
final class UserPlan {
  private final UserWish wish;
  private final AccountState now;
  private final String name;

  private UserPlan(UserWish wish, AccountState now) {
    this.wish = wish;
    this.now = now;
    this.name = Sh.quote(wish.name());
  }

  static Decision<AccountState> decide(UserWish wish, AccountState now) {
    var plan = new UserPlan(wish, now);
    boolean exists = now.passwd().isPresent();
    return switch (wish.state()) {
      case ABSENT -> exists ? plan.using("userdel", plan::remove) : Decision.ok(plan.thing());
      case PRESENT ->
          plan.missingGroup()
              .orElseGet(() -> exists ? plan.change() : plan.using("useradd", plan::create));
    };
  }

  private Thing thing() {
    return Thing.user(wish.name());
  }

  private Decision<AccountState> using(String tool, Supplier<Change<AccountState>> change) {
    return now.has(tool)
        ? Decision.change(change.get(), reliesOn())
        : new Decision.Impossible<>(
            "there is no "
                + tool
                + " on this host; users need the shadow suite (BusyBox's adduser is not supported)");
  }

  private Thing[] reliesOn() {
    var things = new ArrayList<Thing>(List.of(thing()));
    wanted().forEach(g -> things.add(Thing.group(g)));
    return things.toArray(Thing[]::new);
  }

  private List<String> wanted() {
    var wanted = new ArrayList<>(wish.groups().orElse(List.of()));
    wish.identity().group().ifPresent(wanted::add);
    return wanted;
  }

  private Optional<Decision<AccountState>> missingGroup() {
    return wanted().stream()
        .filter(g -> now.group(g).isEmpty())
        .findFirst()
        .map(g ->
            new Decision.Blocked<>(Thing.group(g), "there is no group " + g + " on this host"));
  }

  private Decision<AccountState> change() {
    if (wish.access().needsShadow() && now.shadow().isEmpty()) {
      return new Decision.Impossible<>(
          "this login may not read the password and expiry of "
              + wish.name()
              + "; root may (become: true)");
    }
    List<UserEdit> edits = UserEdit.between(wish, now);
    if (edits.isEmpty()) {
      return Decision.ok(reliesOn());
    }
    return using("usermod", () -> edited(edits));
  }

  private Change<AccountState> edited(List<UserEdit> edits) {
    var text = new StringBuilder("set -e\n");
    String usermod = UserEdit.words(edits, UserEdit.Tool.USERMOD);
    if (!usermod.isEmpty()) {
      text.append("usermod ").append(usermod).append(" -- ").append(name).append(" </dev/null\n");
    }
    edits.stream()
        .filter(e -> e.tool() == UserEdit.Tool.MAKE_HOME)
        .forEach(e -> text.append(makeHome(e.options().getFirst())));
    Optional<Secret> password =
        edits.stream()
            .filter(e -> e.tool() == UserEdit.Tool.CHPASSWD)
            .findFirst()
            .flatMap(e -> wish.access().password());
    afterwards(edits, password.isPresent(), text);
    return to(
            "change user " + wish.name(),
            edits.stream().map(UserEdit::shown).toList(),
            text,
            password)
        .build();
  }

  private void afterwards(List<UserEdit> edits, boolean password, StringBuilder text) {
    if (password) {
      text.append(
          "chpasswd -e\n"); // reads name:hash; a hash in an argument would be visible to all
    }
    String lock = UserEdit.words(edits, UserEdit.Tool.LOCK);
    if (!lock.isEmpty()) {
      text.append("usermod ").append(lock).append(" -- ").append(name).append(" </dev/null\n");
    }
    String chage = UserEdit.words(edits, UserEdit.Tool.CHAGE);
    if (!chage.isEmpty()) {
      text.append("chage ").append(chage).append(" -- ").append(name).append(" </dev/null\n");
    }
  }

  /** Like useradd -m: the skeleton, owned by the user, with the mode login.defs(5) says. */
  private String makeHome(String path) {
    return """
    h=PATH
    if ! [ -d "$h" ]; then
      mode=$(sed -n 's/^HOME_MODE[[:space:]]*//p' /etc/login.defs)
      mask=$(sed -n 's/^UMASK[[:space:]]*//p' /etc/login.defs)
      mkdir -m 700 -- "$h"
      [ ! -d SKEL ] || cp -R -P -p -- SKEL/. "$h"/
      chown -R -h -- NAME: "$h"
      chmod -- "${mode:-$(printf '%04o' $((0777 & ~0${mask:-022})))}" "$h"
    fi
    """
        .replace("PATH", Sh.quote(path))
        .replace("SKEL", Sh.quote(wish.home().skeleton().orElse("/etc/skel")))
        .replace("NAME", name);
  }

  private Change<AccountState> create() {
    var words = new ArrayList<String>(List.of("useradd"));
    UserWish.Identity id = wish.identity();
    id.uid().ifPresent(u -> words.addAll(List.of("-u", Long.toString(u))));
    if (id.nonUnique()) {
      words.add("-o");
    }
    if (id.system()) {
      words.add("-r");
    }
    // A group of the user's name becomes its primary group, as if useradd had made it.
    id.group()
        .or(() -> now.group(wish.name()).map(AccountState.Group::name))
        .ifPresent(g -> words.addAll(List.of("-g", g)));
    wish.groups()
        .filter(g -> !g.isEmpty())
        .ifPresent(g -> words.addAll(List.of("-G", String.join(",", g))));
    id.comment().ifPresent(c -> words.addAll(List.of("-c", c)));
    id.shell().ifPresent(s -> words.addAll(List.of("-s", s)));
    UserWish.Home home = wish.home();
    home.path().ifPresent(h -> words.addAll(List.of("-d", h)));
    words.add(home.create() ? "-m" : "-M");
    home.skeleton().filter(s -> home.create()).ifPresent(s -> words.addAll(List.of("-k", s)));
    home.umask()
        .filter(u -> home.create())
        .ifPresent(u -> words.addAll(List.of("-K", "UMASK=" + u)));
    UserWish.Access access = wish.access();
    access
        .expires()
        .filter(d -> d >= 0)
        .ifPresent(d -> words.addAll(List.of("-e", UserEdit.day(d))));
    words.addAll(List.of("--", wish.name()));
    var text = new StringBuilder("set -e\n").append(Sh.words(words)).append(" </dev/null\n");
    var rest = new ArrayList<UserEdit>();
    var none = new Diff.Property("", "", "");
    access
        .locked()
        .filter(l -> l && access.password().isPresent())
        .ifPresent(l -> rest.add(new UserEdit(UserEdit.Tool.LOCK, List.of("-L"), none)));
    chage(rest, "-m", access.least());
    chage(rest, "-M", access.most());
    chage(rest, "-W", access.warning());
    afterwards(rest, access.password().isPresent(), text);
    return to("create user " + wish.name(), shown(), text, access.password())
        .intent("user " + wish.name())
        .build();
  }

  private static void chage(List<UserEdit> edits, String option, Optional<Long> days) {
    days.ifPresent(d ->
        edits.add(
            new UserEdit(
                UserEdit.Tool.CHAGE,
                List.of(option, Long.toString(d)),
                new Diff.Property("", "", ""))));
  }

  private List<Diff.Property> shown() {
    var shown =
        new ArrayList<Diff.Property>(List.of(new Diff.Property("state", "absent", "present")));
    wish.identity().uid().ifPresent(u -> shown.add(new Diff.Property("uid", "", Long.toString(u))));
    wish.identity().group().ifPresent(g -> shown.add(new Diff.Property("group", "", g)));
    wish.groups().ifPresent(g -> shown.add(new Diff.Property("groups", "", String.join(",", g))));
    wish.home().path().ifPresent(h -> shown.add(new Diff.Property("home", "", h)));
    wish.identity().shell().ifPresent(s -> shown.add(new Diff.Property("shell", "", s)));
    wish.identity().comment().ifPresent(c -> shown.add(new Diff.Property("comment", "", c)));
    wish.access()
        .password()
        .ifPresent(p -> shown.add(new Diff.Property("password", "", "<secret>")));
    return shown;
  }

  private Change<AccountState> remove() {
    boolean files = wish.removal().files();
    String home = now.passwd().map(AccountState.Passwd::home).orElse("");
    var change =
        Change.<AccountState>to("delete user " + wish.name(), s -> s.passwd().isEmpty())
            .diff(Diff.of("user " + wish.name(), new Diff.Property("state", "present", "absent")))
            .step(
                Step.protectedSh(
                    "userdel"
                        + (files ? " -r" : "")
                        + (wish.removal().force() ? " -f" : "")
                        + " -- "
                        + name
                        + " </dev/null\n",
                    Step.DEADLINE))
            .touches(footprint(home));
    return (files && now.home()
            ? change.impact(
                new Impact.Destructive(
                    "user:" + wish.name(), "deletes " + home + " and the mail of " + wish.name()))
            : change)
        .build();
  }

  private Change.Builder<AccountState> to(
      String what, List<Diff.Property> shown, StringBuilder text, Optional<Secret> password) {
    Optional<Content> stdin =
        password.map(p -> Content.of(wish.name() + ":" + p.reveal() + "\n", true, ""));
    // Useradd and what follows belong together: a user left without its password could not get in.
    var step =
        new Step.Script(
            text.toString(),
            Probe.Trust.BUILT_IN,
            Step.Interruption.PROTECTED,
            Step.DEADLINE,
            stdin,
            false);
    String home =
        wish.home()
            .path()
            .or(() -> now.passwd().map(AccountState.Passwd::home))
            .orElse("/home/" + wish.name());
    return Change.<AccountState>to(
            what, s -> s.passwd().isPresent() && UserEdit.between(settledWish(), s).isEmpty())
        .diff(new Diff.Properties("user " + wish.name(), shown))
        .step(step)
        .touches(footprint(home));
  }

  /** A user without password stays locked whatever is asked for. */
  private UserWish settledWish() {
    boolean neverSet = wish.access().password().isEmpty() && now.passwd().isEmpty();
    return neverSet ? wish.withoutLocking() : wish;
  }

  private Footprint footprint(String home) {
    var things = new ArrayList<Thing>(List.of(thing(), Thing.group(wish.name())));
    if (!home.isEmpty() && !home.equals("/")) {
      things.add(Thing.path(home));
    }
    things.add(Thing.path("/etc/passwd"));
    things.add(Thing.path("/etc/group"));
    things.add(Thing.path("/etc/shadow"));
    return new Footprint(things, true, false);
  }
}
