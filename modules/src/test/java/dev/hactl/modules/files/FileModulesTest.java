package dev.hactl.modules.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.LocalSource;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.ByHand;
import dev.hactl.modules.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file modules at work on this machine, in the shells that real hosts have. */
class FileModulesTest {
  @TempDir private Path dir;

  @ParameterizedTest
  @EnumSource
  void filesAreCopied(LocalShell shell) throws IOException {
    var host = new OnThisMachine(shell);
    String task = "{content: \"a\\nb\\n\", dest: DIR/f, mode: '0640', owner: daemon}";
    assertEquals(List.of("create DIR/f"), apply(host, new Copy(), task));
    assertEquals("a\nb\n", read("f"));
    assertEquals("daemon root 640", stat("f"));
    assertEquals(List.of(), apply(host, new Copy(), task));

    sh("chmod 600 DIR/f; chown root DIR/f");
    assertEquals(List.of("set owner and mode of DIR/f"), apply(host, new Copy(), task));
    write("f", "other\n");
    assertEquals(List.of("update DIR/f"), apply(host, new Copy(), task));
    assertEquals("daemon root 640", stat("f"));

    Files.createDirectory(dir.resolve("d"));
    assertEquals(
        List.of("create DIR/d/x.sh"), apply(host, new Copy(), "{src: a/x.sh, dest: DIR/d}"));
    assertEquals(
        List.of("create the directory DIR/new/er", "create DIR/new/er/x.sh"),
        apply(host, new Copy(), "{src: a/x.sh, dest: DIR/new/er/}"));
    assertEquals(
        List.of("create DIR/d/x.conf"),
        apply(host, new Template(), "{src: x.conf.ftl, dest: DIR/d/}"));

    write("once", "kept");
    assertEquals(List.of(), apply(host, new Copy(), "{content: x, dest: DIR/once, force: false}"));
    assertEquals(
        List.of("set mode of DIR/once"),
        apply(
            host,
            new Copy(),
            "{content: x, dest: DIR/once, force: false, mode: u=rw}".replace("u=rw}", "'go='}")));
    assertEquals("kept", read("once"));
  }

  @ParameterizedTest
  @EnumSource
  void filesOfTheHostAreCopied(LocalShell shell) throws IOException {
    var host = new OnThisMachine(shell);
    write("it's", "content\n");
    String task = "{src: \"DIR/it's\", dest: DIR/f, remote_src: true, mode: '0600'}";
    assertEquals(List.of("create DIR/f"), apply(host, new Copy(), task));
    assertEquals("content\n", read("f"));
    assertEquals("root root 600", stat("f"));
    write("f", "contenT\n");
    assertEquals(List.of("update DIR/f"), apply(host, new Copy(), task));
    assertEquals(
        List.of("blocked on DIR/no: DIR/no does not exist on this host"),
        decide(host, new Copy(), "{src: DIR/no, dest: DIR/f, remote_src: true}"));
  }

  @ParameterizedTest
  @EnumSource
  void foldersAreCopied(LocalShell shell) throws IOException {
    var host = new OnThisMachine(shell);
    var files = new java.util.TreeMap<String, Content>();
    for (int i = 0; i < 12; i++) {
      files.put((i % 2 == 0 ? "s/" : "") + "f" + i, Content.of("text " + i, false, ""));
    }
    var folder = new LocalSource.Folder("top", List.of("s", "empty"), files);
    var pattern =
        ByHand.bind(new Copy(), task("{content: '', dest: DIR/new, owner: daemon, mode: '0640'}"));
    var job =
        new CopyJob.Tree(
            new TreeDeployment(
                folder,
                ((CopyJob.One) pattern).deployment(),
                java.util.Optional.of(dev.hactl.engine.module.Mode.parse("0750"))));
    assertEquals(15, host.apply(new Copy(), job).size());
    assertEquals("text 4", read("new/top/s/f4"));
    assertEquals("daemon root 640", stat("new/top/f5"));
    assertEquals("daemon root 750", stat("new/top/empty"));
    write("new/top/f5", "text X");
    write("new/top/other", "mine");
    sh("chmod 600 DIR/new/top/s/f4");
    assertEquals(
        List.of("update DIR/new/top/f5", "set mode of DIR/new/top/s/f4"),
        shortened(host.apply(new Copy(), job)));
    assertEquals("mine", read("new/top/other"));
  }

  @ParameterizedTest
  @EnumSource
  void linksAreFollowedOrReplaced(LocalShell shell) throws IOException {
    var host = new OnThisMachine(shell);
    write("real", "old");
    sh("ln -s real DIR/link");
    assertEquals(
        List.of("update DIR/link"), apply(host, new Copy(), "{content: new, dest: DIR/link}"));
    assertEquals("new", read("real"));
    assertEquals(
        List.of("replace the symbolic link DIR/link by a file"),
        apply(host, new Copy(), "{content: newer, dest: DIR/link, follow: false}"));
    assertEquals("new", read("real"));
    assertEquals("newer", read("link"));
    sh("ln -s nowhere DIR/dangling");
    assertEquals(
        List.of("create DIR/dangling"),
        apply(host, new Copy(), "{content: x, dest: DIR/dangling}"));
    assertEquals("x", read("nowhere"));
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeCopiedIsSaid(LocalShell shell) throws IOException {
    var host = new OnThisMachine(shell);
    Files.createDirectory(dir.resolve("d"));
    write("f", "old");
    sh("mkfifo DIR/fifo");
    assertEquals(
        List.of("blocked on DIR/no: the directory DIR/no does not exist"),
        decide(host, new Copy(), "{content: x, dest: DIR/no/f}"));
    assertEquals(
        List.of("impossible: DIR/d is a directory, and the content has no name of its own"),
        decide(host, new Copy(), "{content: x, dest: DIR/d}"));
    assertEquals(
        List.of("impossible: DIR/fifo is a special file"),
        decide(host, new Copy(), "{content: x, dest: DIR/fifo}"));
    assertEquals(
        List.of("blocked on user nosuchuser: user nosuchuser does not exist on this host"),
        decide(host, new Copy(), "{content: x, dest: DIR/f, owner: nosuchuser}"));
    assertEquals(
        List.of("blocked on group nosuchgroup: group nosuchgroup does not exist on this host"),
        decide(host, new Copy(), "{content: x, dest: DIR/f, owner: root, group: nosuchgroup}"));
    assertEquals(
        List.of(
            "impossible: the new content of DIR/f is not valid: grep -q y %s || { echo bad; exit 3; }"
                + " ended with status 3: bad"),
        decide(
            host,
            new Copy(),
            "{content: x, dest: DIR/f, validate: 'grep -q y %s || { echo bad; exit 3; }'}"));
    assertEquals(
        List.of("update DIR/f"),
        decide(host, new Copy(), "{content: x, dest: DIR/f, validate: no-such-command %s}"));
    assertEquals("old", read("f"));
  }

  @Test
  void diffsShowWhatMayBeShown() throws IOException {
    var host = new OnThisMachine(LocalShell.DASH);
    write("f", "one\ntwo\n");
    var shown =
        host.decide(
            new Copy(), ByHand.bind(new Copy(), task("{content: \"one\\n2\\n\", dest: DIR/f}")));
    assertEquals(List.of("-two", "+2"), Verdict.diffs(Verdict.only(shown)));
    var hidden =
        host.decide(
            new Copy(), ByHand.secretly(new Copy(), task("{content: secret, dest: DIR/f}")));
    assertTrue(((Diff.Lines) Verdict.only(hidden).diffs().getFirst()).secret());
    Files.write(dir.resolve("f"), new byte[] {1, 0, 2});
    var binary =
        host.decide(new Copy(), ByHand.bind(new Copy(), task("{content: x, dest: DIR/f}")));
    assertEquals(List.of(dir + "/f: it is not text"), Verdict.diffs(Verdict.only(binary)));
    write("f", "x".repeat(Texts.DIFF_CAP + 1));
    var large = host.decide(new Copy(), ByHand.bind(new Copy(), task("{content: x, dest: DIR/f}")));
    assertEquals(
        List.of(dir + "/f: " + (Texts.DIFF_CAP + 1) + " bytes are too many to show"),
        Verdict.diffs(Verdict.only(large)));
  }

  @ParameterizedTest
  @EnumSource
  void linesAndBlocksAreKept(LocalShell shell) throws IOException {
    var host = new OnThisMachine(shell);
    write("f", "A=1\nOPTIONS=old\n");
    String line = "{path: DIR/f, regexp: ^OPTIONS=, line: OPTIONS=new}";
    assertEquals(List.of("edit DIR/f"), apply(host, new LineInFile(), line));
    assertEquals("A=1\nOPTIONS=new\n", read("f"));
    assertEquals(
        List.of("blocked on DIR/no: DIR/no does not exist; 'create: true' would make it"),
        decide(host, new LineInFile(), "{path: DIR/no, line: x}"));
    assertEquals(
        List.of("create DIR/made"),
        apply(host, new LineInFile(), "{path: DIR/made, line: x, create: true, mode: '0600'}"));
    assertEquals("root root 600", stat("made"));
    assertEquals(
        List.of(), apply(host, new LineInFile(), "{path: DIR/no, line: x, state: absent}"));

    String block = "{path: DIR/f, block: \"x\\ny\\n\", insertafter: ^A=}";
    assertEquals(List.of("edit DIR/f"), apply(host, new BlockInFile(), block));
    assertEquals(
        "A=1\n# BEGIN ANSIBLE MANAGED BLOCK\nx\ny\n# END ANSIBLE MANAGED BLOCK\nOPTIONS=new\n",
        read("f"));
    assertEquals(
        List.of("edit DIR/f"), apply(host, new BlockInFile(), "{path: DIR/f, state: absent}"));
    assertEquals("A=1\nOPTIONS=new\n", read("f"));
    write("f", "# BEGIN ANSIBLE MANAGED BLOCK\n");
    assertTrue(decide(host, new BlockInFile(), block).getFirst().contains("holds not both marks"));
  }

  @ParameterizedTest
  @EnumSource
  void directoriesAreMade(LocalShell shell) throws IOException {
    var host = new OnThisMachine(shell);
    String task =
        "{path: 'DIR/a b/c', state: directory, mode: '2750', owner: daemon, group: daemon}";
    assertEquals(List.of("create the directory DIR/a b/c"), apply(host, new FileModule(), task));
    assertEquals("daemon daemon 2750", stat("a b"));
    assertEquals("daemon daemon 2750", stat("a b/c"));
    assertEquals(
        List.of("create the directory DIR/a b/d"),
        apply(host, new FileModule(), "{path: DIR/a b/d, state: directory, mode: '0755'}"));
    assertEquals("root daemon 755", stat("a b/d"));
    assertEquals(
        List.of("set mode of DIR/a b/c"),
        apply(host, new FileModule(), "{path: DIR/a b/c, state: directory, mode: '0700'}"));
    sh("ln -s 'a b' DIR/link");
    assertEquals(
        List.of("set mode of DIR/link"),
        apply(host, new FileModule(), "{path: DIR/link, state: directory, mode: g-s}"));
    assertEquals("daemon daemon 750", stat("a b"));
    write("f", "");
    assertEquals(
        List.of("impossible: DIR/f exists and is a file, no directory"),
        decide(host, new FileModule(), "{path: DIR/f, state: directory}"));
  }

  @ParameterizedTest
  @EnumSource
  void treesAreSetRight(LocalShell shell) throws IOException {
    var host = new OnThisMachine(shell);
    sh("mkdir -p DIR/t/s; touch DIR/t/f DIR/t/x DIR/out; chmod 777 DIR/t/x; ln -s ../out DIR/t/l");
    String task = "{path: DIR/t, recurse: true, owner: daemon, mode: 'u=rwX,g=rX,o='}";
    assertEquals(
        List.of("set owner, group or mode of 5 things in DIR/t"),
        apply(host, new FileModule(), task));
    assertEquals("daemon root 750", stat("t/s"));
    assertEquals("daemon root 640", stat("t/f"));
    assertEquals("daemon root 750", stat("t/x"));
    assertEquals("root root 644", stat("out"));
    sh("chown root DIR/t/f");
    assertEquals(
        List.of("set owner, group or mode of DIR/t/f"), apply(host, new FileModule(), task));
  }

  @ParameterizedTest
  @EnumSource
  void linksAreMade(LocalShell shell) throws IOException {
    var host = new OnThisMachine(shell);
    write("real", "x");
    assertEquals(
        List.of("create the symbolic link DIR/l to real"),
        apply(host, new FileModule(), "{path: DIR/l, src: real, state: link}"));
    assertEquals(
        List.of("replace DIR/l by a symbolic link to DIR/real"),
        apply(host, new FileModule(), "{path: DIR/l, src: DIR/real, state: link}"));
    assertEquals(
        List.of("set mode of DIR/l"),
        apply(host, new FileModule(), "{path: DIR/l, src: DIR/real, state: link, mode: '0600'}"));
    assertEquals(
        List.of("set owner of DIR/l"),
        apply(
            host,
            new FileModule(),
            "{path: DIR/l, src: DIR/real, state: link, owner: daemon, follow: false}"));
    assertEquals("root root 600", stat("real"));
    assertEquals(
        List.of(
            "blocked on DIR/later: DIR/later does not exist;"
                + " 'force: true' makes a link that leads nowhere yet"),
        decide(host, new FileModule(), "{path: DIR/n, src: later, state: link}"));
    assertEquals(
        List.of("create the symbolic link DIR/n to later"),
        apply(host, new FileModule(), "{path: DIR/n, src: later, state: link, force: true}"));
    sh("mkdir DIR/empty; mkdir -p DIR/full/x");
    assertEquals(
        List.of(
            "impossible: DIR/empty exists and is a directory, no link; 'force: true' replaces it"),
        decide(host, new FileModule(), "{path: DIR/empty, src: real, state: link}"));
    assertEquals(
        List.of("replace DIR/empty by a symbolic link to real"),
        apply(host, new FileModule(), "{path: DIR/empty, src: real, state: link, force: true}"));
    assertEquals(
        List.of("make DIR/h another name of DIR/real"),
        apply(host, new FileModule(), "{path: DIR/h, src: DIR/real, state: hard}"));
  }

  @ParameterizedTest
  @EnumSource
  void thingsAreTouchedAndRemoved(LocalShell shell) throws IOException {
    var host = new OnThisMachine(shell);
    String exists =
        "{path: DIR/t, state: touch, mode: '0600', modification_time: preserve,"
            + " access_time: preserve}";
    assertEquals(List.of("create the empty file DIR/t"), apply(host, new FileModule(), exists));
    assertEquals("root root 600", stat("t"));
    assertEquals(
        List.of("set modification time of DIR/t"),
        apply(host, new FileModule(), "{path: DIR/t, modification_time: '202001020304.05'}"));
    assertEquals("1577934245\n", sh("stat -c %Y DIR/t"));
    assertEquals(
        List.of("set modification time and access time of DIR/t"),
        decide(host, new FileModule(), "{path: DIR/t, state: touch}"));
    assertEquals(
        List.of("set mode of DIR/t"), apply(host, new FileModule(), "{path: DIR/t, mode: a+x}"));
    assertEquals(
        List.of(
            "blocked on DIR/no: DIR/no does not exist;"
                + " 'state: touch' or another module would make it"),
        decide(host, new FileModule(), "{path: DIR/no, mode: a+x}"));

    assertEquals(
        List.of("remove a file DIR/t"),
        apply(host, new FileModule(), "{path: DIR/t, state: absent}"));
    sh("mkdir -p DIR/full/x; touch DIR/full/x/y; ln -s full DIR/link; mkdir DIR/empty");
    assertEquals(
        List.of("remove a symbolic link DIR/link"),
        apply(host, new FileModule(), "{path: DIR/link, state: absent}"));
    var full =
        host.decide(
            new FileModule(),
            ByHand.bind(new FileModule(), task("{path: DIR/full, state: absent}")));
    assertEquals(List.of("-x", "-x/y"), Verdict.diffs(Verdict.only(full)));
    assertEquals(
        List.of("remove the directory and all that is in it: DIR/full"),
        apply(host, new FileModule(), "{path: DIR/full, state: absent}"));
    assertEquals(
        List.of("remove the empty directory DIR/empty"),
        apply(host, new FileModule(), "{path: DIR/empty, state: absent}"));
  }

  @ParameterizedTest
  @EnumSource
  void nothingMountedIsRemoved(LocalShell shell) throws IOException {
    var host = new OnThisMachine(shell);
    sh("mkdir -p 'DIR/a b/mount point'; mount -t tmpfs none 'DIR/a b/mount point'");
    try {
      for (String path : List.of("DIR/a b", "DIR/a b/mount point")) {
        assertEquals(
            List.of("refused: " + path + " is not removed: mounted there is DIR/a b/mount point"),
            decide(host, new FileModule(), "{path: " + path + ", state: absent}"));
      }
    } finally {
      sh("umount 'DIR/a b/mount point'");
    }
    assertEquals(
        List.of("remove the directory and all that is in it: DIR/a b"),
        apply(host, new FileModule(), "{path: DIR/a b, state: absent}"));
  }

  @ParameterizedTest
  @EnumSource
  void aBoundFileIsWrittenInPlace(LocalShell shell) throws IOException {
    var host = new OnThisMachine(shell);
    sh(
        "mkdir DIR/m; mount -t tmpfs none DIR/m; echo old >DIR/m/f; touch DIR/b; mount --bind DIR/m/f DIR/b");
    try {
      assertEquals(
          List.of("write DIR/b in place, after a backup (it is a mount point)"),
          apply(host, new Copy(), "{content: new, dest: DIR/b}"));
      assertEquals("new", read("m/f"));
    } finally {
      sh("umount DIR/b; umount DIR/m");
    }
  }

  @ParameterizedTest
  @EnumSource
  void statTellsWhatAnsibleTells(LocalShell shell) throws IOException {
    var host = new OnThisMachine(shell);
    write("f", "x\n");
    sh("chmod 4711 DIR/f; ln -s f DIR/l");
    var params = ByHand.bind(new FileStat(), task("{path: DIR/f}"));
    Value.Dict stat =
        (Value.Dict)
            new FileStat()
                .result(params, host.look(new FileStat().probe(params)))
                .get("stat")
                .get();
    assertEquals("4711", stat.get("mode").get().show());
    assertEquals("true", stat.get("isreg").get().show());
    assertEquals("true", stat.get("isuid").get().show());
    assertEquals("true", stat.get("xoth").get().show());
    assertEquals("false", stat.get("roth").get().show());
    assertEquals("2", stat.get("size").get().show());
    assertEquals("6fcf9dfbd479ed82697fee719b9f8c610a11ff2a", stat.get("checksum").get().show());
    var link = ByHand.bind(new FileStat(), task("{path: DIR/l}"));
    stat =
        (Value.Dict)
            new FileStat().result(link, host.look(new FileStat().probe(link))).get("stat").get();
    assertEquals("true", stat.get("islnk").get().show());
    assertEquals("f", stat.get("lnk_target").get().show());
    assertFalse(stat.get("checksum").isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{path: /, state: absent}",
        "{path: /etc/, state: absent}",
        "{path: /srv/../usr/./lib, state: absent}",
        "{path: //var//lib, state: absent}",
        "{path: /home, recurse: true, mode: '0755'}",
        "{path: /tmp, state: link, src: /var/tmp, force: true}",
        "{path: /srv/x, state: link}",
        "{path: /srv/x, state: file, src: y}",
        "{path: /srv/x, state: file, recurse: true}",
        "{path: /srv/x, mode: 0644}",
        "{path: /srv/x, owner: 'a b'}",
        "{path: /srv/x, modification_time: yesterday}",
        "{path: relative}"
      })
  void badParametersAreRefusedAtOnce(String yaml) {
    assertThrows(SourceException.class, () -> ByHand.bind(new FileModule(), yaml));
  }

  private <P, S> List<String> apply(OnThisMachine host, HostModule<P, S> module, String yaml) {
    return shortened(host.apply(module, task(yaml)));
  }

  private <P, S> List<String> decide(OnThisMachine host, HostModule<P, S> module, String yaml) {
    return shortened(Verdict.of(host.decide(module, ByHand.bind(module, task(yaml)))));
  }

  private List<String> shortened(List<String> lines) {
    return lines.stream().map(l -> l.replace(dir.toString(), "DIR")).toList();
  }

  private String task(String yaml) {
    return yaml.replace("DIR", dir.toString());
  }

  private String sh(String text) {
    LocalShell.Result result = LocalShell.DASH.run("set -e; " + task(text));
    assertEquals(0, result.status(), result.err());
    return result.out();
  }

  private String stat(String name) {
    return sh("stat -c '%U %G %a' 'DIR/" + name + "'").strip();
  }

  private String read(String name) throws IOException {
    return Files.readString(dir.resolve(name));
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(dir.resolve(name), content);
  }
}
