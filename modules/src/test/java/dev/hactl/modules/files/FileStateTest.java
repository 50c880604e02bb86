package dev.hactl.modules.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.ByHand;
import dev.hactl.modules.Verdict;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Directories, links, lines and what is taken away, in the shells that real hosts have. */
class FileStateTest extends FileTasks {
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
}
