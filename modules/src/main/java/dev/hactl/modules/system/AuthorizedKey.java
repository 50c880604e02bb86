package dev.hactl.modules.system;

import dev.hactl.engine.module.BadValue;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Keys that may log in as a user. */
@HactlModule("authorized_key")
public final class AuthorizedKey implements HostModule<AuthorizedKey.Params, KeysFile> {

  /** Whether the keys are there. */
  enum State {
    PRESENT,
    ABSENT
  }

  /** The wanted keys. */
  record Params(
      String user,
      List<PublicKey> keys,
      State state,
      boolean exclusive,
      Optional<String> options,
      Optional<String> comment,
      Optional<String> path,
      boolean manageDirectory,
      boolean follow) {}

  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHGreOc8bPO7fWOt/8Q7rCHnmkGvvFxQmzWS6nYIFaB6 alice@example.com";

  @Override
  public Manual manual() {
    return Manual.state(
            "Manage the keys that may log in as a user",
            """
            Touches only the lines of the given keys; one text may hold several. A key keeps the \
            options it has unless 'key_options', or the key's own line, says others: a restricted \
            key never becomes free by accident. 'exclusive' takes every other key away, but \
            refuses to take the one this very session logged in with, as far as sshd's log on the \
            host tells which that is (messages 'Accepted publickey', in the journal, \
            /var/log/auth.log or /var/log/secure); where the log is not readable nothing is \
            checked. The file is made with mode 0600 in a directory with mode 0700, because sshd \
            ignores files that others may write (StrictModes).\
            """,
            Example.on(
                "useradd -m alice",
                "A key",
                "- authorized_key:\n    user: alice\n    key: " + KEY + "\n"),
            Example.on(
                "useradd -m backup2",
                "A key that may do one thing only",
                """
                - authorized_key:
                    user: backup2
                    key: KEY
                    key_options: 'command="/usr/bin/rrsync /srv",restrict'
                    exclusive: true
                """
                    .replace("KEY", KEY)),
            Example.on(
                "useradd -m bob; install -d -o bob -m 700 /home/bob/.ssh; echo '"
                    + KEY
                    + "' >/home/bob/.ssh/authorized_keys; chown bob /home/bob/.ssh/authorized_keys",
                "A key that must not log in",
                "- authorized_key:\n    user: bob\n    key: " + KEY + "\n    state: absent\n"))
        .returning(
            new Return("user", "the user"),
            new Return("path", "the file"),
            new Return("key_count", "how many keys it holds"));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var user = form.required("user", AccountName.TYPE, "Whose keys.");
    var keys =
        form.required(
            "key",
            Types.TEXT.map("public keys", PublicKey::readAll),
            "The keys as in an id_*.pub file, one a line.");
    var state =
        form.optional("state", Types.oneOf(State.class), State.PRESENT, "Whether they may log in.");
    var exclusive = form.optional("exclusive", Types.BOOL, false, "Take every other key away.");
    var options =
        form.optional("key_options", Types.TEXT, "What the keys may do; '' for everything.");
    var comment = form.optional("comment", Types.TEXT, "Replaces the comments of the keys.");
    var path =
        form.optional("path", Types.PATH, "The file; by default the one in the user's home.");
    var manage =
        form.optional(
            "manage_dir",
            Types.BOOL,
            true,
            "Make the file's directory, and keep .ssh the user's alone.");
    var follow =
        form.optional("follow", Types.BOOL, false, "Allow the file to be a symbolic link.");
    return form.into(a -> {
      if (a.get(keys).isEmpty()) {
        throw new BadValue("no key is given");
      }
      return new Params(
          a.get(user),
          a.get(keys),
          a.get(state),
          a.get(exclusive),
          a.get(options),
          a.get(comment),
          a.get(path),
          a.get(manage),
          a.get(follow));
    });
  }

  @Override
  public Probe<KeysFile> probe(Params p) {
    return KeysFile.probe(p.user(), p.path());
  }

  @Override
  public Decision<KeysFile> plan(Params p, KeysFile observed) {
    return KeysPlan.decide(p, observed);
  }

  @Override
  public Value.Dict result(Params p, KeysFile observed) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("user", Value.text(p.user()));
    fields.put("path", Value.text(observed.path()));
    fields.put(
        "key_count",
        Value.number(
            observed.lines().lines().stream().filter(l -> PublicKey.read(l).isPresent()).count()));
    return new Value.Dict(fields);
  }
}
