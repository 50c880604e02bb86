package dev.hactl.modules.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {
  private static final String TOOLS =
      "tool useradd\ntool usermod\ntool userdel\ntool groupadd\ntool groupmod\ntool groupdel\n";
  private static final String GROUPS = "group adm:x:4:ann\ngroup ops:x:70:\ngroup ann:x:1000:\n";
  private static final String ANN =
      TOOLS
          + GROUPS
          + "passwd ann:x:1000:1000:Ann:/home/ann:/bin/sh\nhome\nmember adm\nmember disk\n"
          + "shadow ann:$6$a$hash:19000:0:99999:7:::\n";
  private static final String HASH = "'$6$b$other'";

  private static AccountState state(String text) {
    return AccountState.parse(Answer.of(0, text));
  }

  private static List<String> diffs(String args, String observed) {
    UserWish wish = TaskText.bind(new User(), "{name: ann, " + args + "}");
    return Verdict.changes(new User().plan(wish, state(observed))).stream()
        .flatMap(c -> Verdict.diffs(c).stream())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "uid: 1000, shell: /bin/sh, comment: Ann | ``",
        "uid: 1001                               | uid: 1000 -> 1001",
        "group: ann                              | ``",
        "group: 1000                             | ``",
        "group: ops                              | group: 1000 -> ops",
        "groups: [adm, disk]                     | blocked",
        "groups: [adm]                           | groups: adm,disk -> adm",
        "groups: adm, append: true               | ``",
        "groups: 'ops,adm', append: true         | groups: adm,disk -> adm,disk,ops",
        "groups: ann, append: true               | ``",
        "groups: ''                              | groups: adm,disk -> ",
        "home: /srv/ann                          | home: /home/ann -> /srv/ann; home directory: missing -> present",
        "home: /srv/ann, move_home: true         | home: /home/ann -> /srv/ann",
        "password: '$6$a$hash'                   | ``",
        "password: '$6$b$other'                  | password: <secret> -> <secret, changed>",
        "password: '$6$b$other', update_password: on_create | ``",
        "password_lock: true                     | password_lock: false -> true",
        "password_lock: false                    | ``",
        "expires: 86400                          | expires:  -> 1970-01-02",
        "expires: -1                             | ``",
        "password_expire_max: 99999              | ``",
        "password_expire_max: 90                 | password_expire_max: 99999 -> 90",
      })
  void whatDiffersIsChanged(String args, String expected) {
    if (expected.equals("blocked")) {
      UserWish wish = TaskText.bind(new User(), "{name: ann, " + args + "}");
      assertEquals(
          List.of("blocked on group disk: there is no group disk on this host"),
          Verdict.of(new User().plan(wish, state(ANN))));
    } else {
      assertEquals(
          expected,
          String.join("; ", diffs(args, ANN)).stripTrailing()
              + (expected.endsWith(" ") ? " " : ""));
    }
  }

  @Test
  void aPasswordTravelsOnStandardInput() {
    UserWish wish =
        TaskText.bind(new User(), "{name: ann, uid: 5, groups: adm, password: " + HASH + "}");
    Change<AccountState> create =
        Verdict.only(new User().plan(wish, state(TOOLS + "group adm:x:4:\n")));
    assertEquals("create user ann", create.what());
    assertEquals(
        List.of("set -e\nuseradd -u 5 -G adm -m -- ann </dev/null\nchpasswd -e"),
        Verdict.steps(create));
    Step.Script step = (Step.Script) create.steps().getFirst();
    Content.Inline stdin = (Content.Inline) step.stdin().orElseThrow();
    assertEquals("ann:$6$b$other\n", stdin.text());
    assertTrue(stdin.secret());
    assertEquals(Step.Interruption.PROTECTED, step.interruption());
    assertFalse(create.toString().contains("$6$b$other"), "a record prints its fields");
    assertFalse(wish.toString().contains("$6$b$other"));
  }

  @Test
  void aUserLeftWithoutItsFirstPasswordGetsItEvenOnCreate() {
    String unfinished = ANN.replace("$6$a$hash", "!");
    assertEquals(
        List.of("password: <secret> -> <secret, changed>"),
        diffs("update_password: on_create, password: " + HASH, unfinished));
  }

  @Test
  void aGroupOfTheSameNameBecomesThePrimaryGroup() {
    UserWish wish = TaskText.bind(new User(), "{name: ann}");
    assertEquals(
        List.of("set -e\nuseradd -g ann -m -- ann </dev/null"),
        Verdict.steps(Verdict.only(new User().plan(wish, state(TOOLS + "group ann:x:1000:\n")))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state: absent               | delete user ann",
        "state: absent, remove: true | delete user ann !! deletes /home/ann and the mail of ann (user:ann)",
      })
  void deletingAHomeNeedsConsent(String args, String expected) {
    UserWish wish = TaskText.bind(new User(), "{name: ann, " + args + "}");
    assertEquals(List.of(expected), Verdict.of(new User().plan(wish, state(ANN))));
    assertEquals(List.of(), Verdict.of(new User().plan(wish, state(TOOLS))));
  }

  @Test
  void hostsWithoutTheShadowSuiteAreToldSo() {
    UserWish wish = TaskText.bind(new User(), "{name: ann}");
    assertTrue(
        Verdict.of(new User().plan(wish, state("")))
            .getFirst()
            .startsWith("impossible: there is no useradd on this host"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: '12'}",
        "{name: '-r'}",
        "{name: 'a:b'}",
        "{name: ann, password: clear}",
        "{name: ann, password: 'a:b'}",
        "{name: ann, comment: 'a:b'}",
        "{name: ann, umask: '9'}",
        "{name: ann, state: gone}",
      })
  void wrongArgumentsAreRefused(String args) {
    assertThrows(SourceException.class, () -> TaskText.bind(new User(), args));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{name: ops}                         | ``",
        "{name: ops, gid: 70}                | ``",
        "{name: ops, gid: 71}                | groupmod -g 71 -- ops </dev/null",
        "{name: ops, gid: 71, non_unique: true} | groupmod -g 71 -o -- ops </dev/null",
        "{name: new}                         | groupadd -- new </dev/null",
        "{name: new, gid: 9, system: true}   | groupadd -g 9 -r -- new </dev/null",
        "{name: ops, state: absent}          | groupdel -- ops </dev/null",
        "{name: new, state: absent}          | ``",
      })
  void groupsAreMadeChangedAndDeleted(String args, String expected) {
    var module = new GroupAccount();
    var changes = Verdict.changes(module.plan(TaskText.bind(module, args), state(TOOLS + GROUPS)));
    assertEquals(
        expected,
        String.join("; ", changes.stream().flatMap(c -> Verdict.steps(c).stream()).toList()));
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void everyShellFindsRoot(LocalShell shell) {
    var questions =
        List.of(
            new AccountQuestion("root", List.of("0", "nosuchgroup"), false),
            new AccountQuestion("nosuchuser", List.of(), true));
    LocalShell.Result result = shell.run(AccountCollector.INSTANCE.script(questions, "QxK"));
    List<Answer> answers = AccountCollector.INSTANCE.split(questions, "QxK", result.bytes());
    AccountState root = AccountState.parse(answers.getFirst());
    assertEquals(0, root.passwd().orElseThrow().uid(), result.err());
    assertTrue(root.home());
    AccountState none = AccountState.parse(answers.get(1));
    assertTrue(none.passwd().isEmpty() && none.shadow().isEmpty());
    if (shell != LocalShell.BUSYBOX) {
      assertEquals("root", root.group("0").orElseThrow().name());
    }
  }
}
