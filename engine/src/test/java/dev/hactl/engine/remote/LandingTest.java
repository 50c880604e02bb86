package dev.hactl.engine.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Step;
import dev.hactl.lab.LabPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files really land, in the shells that real hosts have. */
class LandingTest extends Landings {
  @ParameterizedTest
  @EnumSource
  void aNewFileGetsTheWantedModeWhateverTheUmask(LocalShell shell) throws IOException {
    Path file = dir.resolve("new");
    assertEquals("", land(shell, put(file, "x\n").mode("0640")));
    assertEquals("x\n", Files.readString(file));
    assertEquals("rw-r-----", mode(file));

    Path plain = dir.resolve("plain");
    assertEquals("", land(shell, put(plain, "")));
    assertEquals("", Files.readString(plain));
    assertEquals("rw-r--r--", mode(plain));
    onlyThese("new", "plain");
  }

  @ParameterizedTest
  @EnumSource
  void contentArrivesByteForByte(LocalShell shell) throws IOException {
    var random = new byte[20_000];
    new Random(7).nextBytes(random);
    String unicode = "Grüße \u0081\u0088 \u00e9 日本語 \\n \\c $HOME `x` \"'\t\n";
    var contents =
        List.of(
            bytes("no newline at the end"),
            bytes("\n\n\n"),
            bytes("E" + NONCE + "\nEk3wq9x\n"),
            bytes("line\r\nwindows\r\n"),
            bytes(unicode.repeat(3000)),
            new byte[] {0, 1, 2, 127, (byte) 255},
            random);
    for (byte[] content : contents) {
      Path file = dir.resolve("bytes");
      assertEquals("", land(shell, put(file, content)));
      assertArrayEquals(content, Files.readAllBytes(file));
    }
    onlyThese("bytes");
  }

  @ParameterizedTest
  @EnumSource
  void namesMayHoldAnything(LocalShell shell) throws IOException {
    for (String name :
        List.of("a b", "it's", "-rf", "$HOME", "*", "\"q\"", "ü", "x".repeat(200), ".", "#")) {
      Path inside = dir.resolve("d " + name.substring(0, 1));
      Files.createDirectories(inside);
      Path file = inside.resolve(name.equals(".") ? "..." : name);
      assertEquals("", land(shell, put(file, "1\n")));
      assertEquals("", land(shell, put(file, "2\n").backup()));
      assertEquals("2\n", Files.readString(file));
    }
  }

  @ParameterizedTest
  @EnumSource
  void attributesOfTheOldFileStay(LocalShell shell) throws Exception {
    Path file = dir.resolve("old");
    Files.writeString(file, "old\n");
    ok("chown 1234:4321 " + file);
    ok("chmod 4711 " + file);
    assertEquals("", land(shell, put(file, "new\n")));
    assertEquals("new\n", Files.readString(file));
    assertEquals("1234:4321 4711", stat(file));

    assertEquals("", land(shell, put(file, "newer\n").owner("55").mode("2750")));
    assertEquals("55:4321 2750", stat(file));
    onlyThese("old");
  }

  @ParameterizedTest
  @EnumSource(names = {"DASH", "BASH", "MKSH"})
  void accessListsAndExtendedAttributesStay(LocalShell shell) throws Exception {
    Path file = dir.resolve("old");
    Files.writeString(file, "old\n");
    LabPackages.need(Path.of("/usr/bin/setfacl"), "acl");
    LabPackages.need(Path.of("/usr/bin/setfattr"), "attr");
    ok("setfacl -m u:1234:r,g:77:rw " + file);
    ok("setfattr -n user.colour -v blue " + file);
    String before = ok("getfacl -np " + file) + ok("getfattr --absolute-names -d " + file);
    assertEquals("", land(shell, put(file, "new\n")));
    assertEquals(before, ok("getfacl -np " + file) + ok("getfattr --absolute-names -d " + file));
    assertTrue(before.contains("user:1234:r--") && before.contains("blue"), before);
  }

  @ParameterizedTest
  @EnumSource
  void symbolicLinksAreFollowed(LocalShell shell) throws IOException {
    Files.createDirectory(dir.resolve("real"));
    Files.writeString(dir.resolve("real/file"), "old\n");
    Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("real/file"));
    assertEquals("", land(shell, put(link, "new\n")));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new\n", Files.readString(dir.resolve("real/file")));

    Path future = Files.createSymbolicLink(dir.resolve("future"), Path.of("real/later"));
    assertEquals("", land(shell, put(future, "made\n")));
    assertEquals("made\n", Files.readString(dir.resolve("real/later")));

    Path broken = Files.createSymbolicLink(dir.resolve("broken"), Path.of("/nonexistent/x/y"));
    String said = land(shell, put(broken, "x"));
    assertTrue(said.contains("the directory /nonexistent/x does not exist"), said);

    Path loop = Files.createSymbolicLink(dir.resolve("loop"), Path.of("loop"));
    said = land(shell, put(loop, "x"));
    assertTrue(said.contains("the symbolic link " + loop + " leads nowhere"), said);
  }

  @ParameterizedTest
  @EnumSource
  void aBackupHoldsTheOldFile(LocalShell shell) throws Exception {
    Path file = dir.resolve("f");
    Files.writeString(file, "old\n");
    ok("chmod 600 " + file);
    LocalShell.Result done = run(shell, put(file, "new\n").backup());
    assertEquals(0, done.status(), done.err());
    Path backup = Path.of(done.out().strip().substring("backup: ".length()));
    assertEquals("old\n", Files.readString(backup));
    assertEquals("rw-------", mode(backup));
    assertEquals("new\n", Files.readString(file));
  }

  @ParameterizedTest
  @EnumSource
  void aMountPointIsWrittenInPlace(LocalShell shell) throws Exception {
    Path source = dir.resolve("source");
    Path file = dir.resolve("bound here");
    Files.writeString(source, "a long old content\n");
    Files.writeString(file, "");
    ok("mount --bind " + source + " '" + file + "'");
    try {
      LocalShell.Result done = run(shell, put(file, "new\n").mode("0600"));
      assertEquals(0, done.status(), done.err());
      assertEquals(file + " is a mount point: written in place\n", done.out());
      assertEquals("new\n", Files.readString(source));
      assertEquals("rw-------", mode(source));
      onlyThese("source", "bound here");

      // A run that was killed while it wrote left half a file and the backup; the backup wins.
      Path backup = Path.of(Landing.temporaryFor(file.toString()) + ".old");
      Files.writeString(backup, "good old\n");
      Files.writeString(source, "ha");
      assertEquals(0, run(shell, put(file, "newer\n")).status());
      assertEquals("newer\n", Files.readString(source));
      onlyThese("source", "bound here");
    } finally {
      ok("umount '" + file + "'");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUploadedFileIsMovedOrCopied(LocalShell shell) throws IOException {
    Path file = dir.resolve("f");
    Path beside = Path.of(Landing.temporaryFor(file.toString()));
    Files.writeString(beside, "large\n");
    Step.Put put = put(file, "large\n").mode("0604").put();
    assertEquals("", said(shell.run(Landing.uploaded(put, beside.toString()).whole())));
    assertEquals("large\n", Files.readString(file));
    assertEquals("rw----r--", mode(file));

    Path away = Files.createDirectory(dir.resolve("away")).resolve("u");
    Files.writeString(away, "other\n");
    Step.Put second = put(file, "other\n").put();
    assertEquals("", said(shell.run(Landing.uploaded(second, away.toString()).whole())));
    assertEquals("other\n", Files.readString(file));
    assertEquals("rw----r--", mode(file));
    assertFalse(Files.exists(away));

    // An upload that was cut short must not land, nor stay.
    Files.writeString(away, "cut");
    assertTrue(
        said(shell.run(Landing.uploaded(second, away.toString()).whole())).contains("unchanged"));
    assertEquals("other\n", Files.readString(file));
    onlyThese("away", "f");
    assertFalse(Files.exists(away));
  }

  @ParameterizedTest
  @EnumSource
  void anotherFileOfTheHostIsCopied(LocalShell shell) throws IOException {
    Path source = dir.resolve("source file");
    Files.writeString(source, "content\n");
    Path file = dir.resolve("f");
    Step.Put put = put(file, "").put();
    assertEquals("", said(shell.run(Landing.copied(put, source.toString()).whole())));
    assertEquals("content\n", Files.readString(file));
    onlyThese("f", "source file");
  }

  @Test
  void aLongNameHasRoomForTheTemporaryFile() throws IOException {
    Path file = dir.resolve("x".repeat(255));
    assertEquals("", land(LocalShell.DASH, put(file, "1\n")));
    assertEquals("1\n", Files.readString(file));
  }

  @Test
  void aTemporaryNameIsShortAndTheSameInEveryRun() {
    assertEquals(Landing.temporaryFor("/etc/hosts"), Landing.temporaryFor("/etc/hosts"));
    assertTrue(Landing.temporaryFor("/etc/hosts").startsWith("/etc/.hosts.hactl-"));
    assertTrue(Landing.temporaryName("/" + "é".repeat(120)).length() < 90);
  }
}
