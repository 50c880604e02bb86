package dev.hactl.modules.system;

import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** A user. */
@HactlModule("user")
public final class User implements HostModule<UserWish, AccountState> {

  @Override
  public Manual manual() {
    return Manual.state(
            "Manage a user",
            """
            Uses useradd, usermod, userdel and chpasswd of the shadow suite. Passwords are crypted \
            ones; they travel on standard input and are never shown. A clear password is refused, \
            because nobody could log in with it. A new user whose name is that of an existing \
            group gets it as primary group. With 'update_password: on_create' a password is also \
            set where none ever was (shadow(5) holds only '!'), so that a run that was cut short \
            is completed. Deleting a home directory with 'remove: true' is destructive and needs \
            the consent 'user:NAME'.\
            """,
            Example.of(
                "A user who may log in with a password",
                """
                - user:
                    name: deploy
                    uid: 4711
                    comment: Deployment
                    shell: /bin/bash
                    password: $6$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/
                """),
            Example.on(
                "groupadd -f operators; useradd -m worker; usermod -a -G adm worker",
                "One more group, the others kept",
                "- user:\n    name: worker\n    groups: operators\n    append: true\n"),
            Example.of(
                "A system account without a home",
                """
                - user:
                    name: agent
                    system: true
                    home: /var/lib/agent
                    create_home: false
                    shell: /usr/sbin/nologin
                    password_lock: true
                """),
            Example.on(
                "useradd gone",
                "A user who must not exist, its files kept",
                "- user:\n    name: gone\n    state: absent\n"))
        .returning(
            new Return("name", "the user"),
            new Return("uid", "its number"),
            new Return("group", "number of its primary group"),
            new Return("groups", "the local groups that list it"),
            new Return("home", "its home directory"),
            new Return("shell", "its shell"),
            new Return("comment", "its full name"),
            new Return("state", "present or absent"));
  }

  @Override
  public Form<UserWish> form() {
    var form = Form.builder();
    var name = form.required("name", AccountName.TYPE, "The user.", "user");
    var state =
        form.optional(
            "state",
            Types.oneOf(UserWish.State.class),
            UserWish.State.PRESENT,
            "Whether it exists.");
    var uid = form.optional("uid", Types.INTEGER, "Its number.");
    var nonUnique =
        form.optional("non_unique", Types.BOOL, false, "Allow a number that another user has.");
    var group = form.optional("group", AccountName.GROUP, "Its primary group.");
    var groups = form.optional("groups", AccountName.GROUPS, "Its other groups; '' for none.");
    var append =
        form.optional("append", Types.BOOL, false, "Keep the user in groups that are not listed.");
    var comment = form.optional("comment", UserWish.COMMENT, "Its full name (GECOS).");
    var home = form.optional("home", Types.PATH, "Its home directory.");
    var create =
        form.optional(
            "create_home",
            Types.BOOL,
            true,
            "Make the home directory when it is missing.",
            "createhome");
    var move = form.optional("move_home", Types.BOOL, false, "Move the files when 'home' changes.");
    var skeleton =
        form.optional("skeleton", Types.PATH, "What a new home starts with, instead of /etc/skel.");
    var umask =
        form.optional("umask", UserWish.UMASK, "The umask of a new user's home, in quotes.");
    var shell = form.optional("shell", UserWish.COMMENT, "Its login shell.");
    var system =
        form.optional(
            "system", Types.BOOL, false, "Take a number of the system's range; only when new.");
    var password = form.optional("password", UserWish.PASSWORD, "Its crypted password.");
    form.secret();
    var update =
        form.optional(
            "update_password",
            Types.oneOf(UserWish.UpdatePassword.class),
            UserWish.UpdatePassword.ALWAYS,
            "Whether the password of an existing user is changed.");
    var locked = form.optional("password_lock", Types.BOOL, "Whether the password is locked.");
    var expires =
        form.optional("expires", UserWish.EXPIRES, "When the account ends; -1 for never.");
    var least =
        form.optional("password_expire_min", Types.INTEGER, "Days between password changes.");
    var most =
        form.optional("password_expire_max", Types.INTEGER, "Days until the password must change.");
    var warning =
        form.optional("password_expire_warn", Types.INTEGER, "Days of warning before that.");
    var remove = form.optional("remove", Types.BOOL, false, "Delete its home and mail with it.");
    var force = form.optional("force", Types.BOOL, false, "Delete it even when it is logged in.");
    return form.into(a ->
        new UserWish(
            a.get(name),
            a.get(state),
            new UserWish.Identity(
                a.get(uid),
                a.get(nonUnique),
                a.get(group),
                a.get(comment),
                a.get(shell),
                a.get(system)),
            a.get(groups),
            a.get(append),
            new UserWish.Home(
                a.get(home), a.get(create), a.get(move), a.get(skeleton), a.get(umask)),
            new UserWish.Access(
                a.get(password),
                a.get(update),
                a.get(locked),
                a.get(expires),
                a.get(least),
                a.get(most),
                a.get(warning)),
            new UserWish.Removal(a.get(remove), a.get(force))));
  }

  @Override
  public Probe<AccountState> probe(UserWish wish) {
    var groups = new ArrayList<>(wish.groups().orElse(List.of()));
    wish.identity().group().ifPresent(groups::add);
    groups.add(wish.name());
    return Probe.of(
        AccountCollector.INSTANCE,
        new AccountQuestion(wish.name(), groups, wish.access().needsShadow()),
        AccountState::parse);
  }

  @Override
  public Decision<AccountState> plan(UserWish wish, AccountState observed) {
    return UserPlan.decide(wish, observed);
  }

  @Override
  public Value.Dict result(UserWish wish, AccountState observed) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("name", Value.text(wish.name()));
    fields.put("state", Value.text(Types.word(wish.state())));
    fields.put("append", Value.bool(wish.append()));
    observed
        .passwd()
        .ifPresent(u -> {
          fields.put("uid", Value.number(u.uid()));
          fields.put("group", Value.number(u.gid()));
          fields.put("groups", Value.texts(observed.memberOf()));
          fields.put("home", Value.text(u.home()));
          fields.put("shell", Value.text(u.shell()));
          fields.put("comment", Value.text(u.comment()));
        });
    return new Value.Dict(fields);
  }
}
