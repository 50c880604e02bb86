package dev.hactl.modules.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.LocalSource;
import dev.hactl.engine.module.Mode;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.ByHand;
import dev.hactl.modules.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file modules at work on this machine, in the shells that real hosts have. */
class FileModulesTest extends FileTasks {
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
    var files = new TreeMap<String, Content>();
    for (int i = 0; i < 12; i++) {
      files.put((i % 2 == 0 ? "s/" : "") + "f" + i, Content.of("text " + i, false, ""));
    }
    var folder = new LocalSource.Folder("top", List.of("s", "empty"), files, Map.of());
    var pattern =
        ByHand.bind(new Copy(), task("{content: '', dest: DIR/new, owner: daemon, mode: '0640'}"));
    var job =
        new CopyJob.Tree(
            new TreeDeployment(
                folder, ((CopyJob.One) pattern).deployment(), Optional.of(Mode.parse("0750"))));
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
}
