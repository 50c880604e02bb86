package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.module.Form;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every text after {@code -a} is read as users of Ansible mean it, or refused at its place. */
class CallTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "command => uptime -p => uptime -p",
        "command => chdir=/tmp ls -l => _free_form@12=ls -l chdir@1=/tmp",
        "command => ls -l chdir=/tmp => _free_form@1=ls -l chdir@7=/tmp",
        "command => chdir='/a b' ls creates=/x => _free_form@14=ls chdir@1=/a b creates@17=/x",
        "command => dd if=/dev/zero of=/x => dd if=/dev/zero of=/x",
        "command => echo creates=/x done => echo creates=/x done",
        "command => cmd='ls -l' creates=/x => cmd@1=ls -l creates@13=/x",
        "command => cmd=ls -l => cmd=ls -l",
        "command => echo \"it's\" => echo \"it's\"",
        "command => echo it's => echo it's",
        "command => {cmd: ls, creates: /x} => cmd@2=ls creates@11=/x",
        "shell => { echo a; } | cat => { echo a; } | cat",
        "shell => cmd: ls => cmd@1=ls",
        "shell => x: y => x: y",
        "copy => dest=/x mode=0644 => dest@1=/x mode@9=0644",
        "copy => dest=/x content={\"a\":\"b\"} => dest@1=/x content@9={\"a\":\"b\"}",
        "copy => dest=/x content=${a + 'b c'} => dest@1=/x content@9=${a + 'b c'}",
        "copy => dest=/x content=a=b => dest@1=/x content@9=a=b",
        "copy => dest=/x content= => dest@1=/x content@9=",
        "copy => {\"dest\": \"/x\", \"mode\": \"0644\"} => dest@2=/x mode@16=0644",
        "copy => dest: /x => dest@1=/x",
        "set_fact => a=1 b='x y' => a@1=1 b@5=x y",
        "copy => `` => ``",
      })
  void isRead(String module, String text, String expected) {
    var problems = new Problems();
    Optional<Node> read = read(module, text, problems);
    assertEquals("", errors(problems));
    assertEquals(expected, read.map(CallTextTest::shown).orElse("nothing"));
  }

  @Test
  void escapesAreReadInValues() {
    var problems = new Problems();
    Optional<Node> read =
        read("copy", "dest=/x content=\"a b\\n\" mode='\\t\\x41\\u00e9\\d\\\\\\''", problems);
    assertEquals("", errors(problems));
    assertEquals(
        "dest@1=/x content@9=a b\n mode@25=\tA\u00e9\\d\\'",
        read.map(CallTextTest::shown).orElse("nothing"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "copy => dest /x => 1:1 'dest' is no name=value | write dest=VALUE",
        "copy => dest=/x contnt => 1:9 'contnt' is no name=value | did you mean 'content'?",
        "copy => dest=/x content=\"a => 1:17 a quote that does not close | ",
        "copy => dest=/x dest=/y => 1:9 'dest' is given twice | first at -a:1:1; keep one of them",
        "copy => {dest: [ => 1:9 ",
        "command => {cmd: ls, cmd: id} => 1:11 the key 'cmd' stands twice in this mapping | ",
        "copy => --- [a] => 1:5 arguments are a mapping, this is a list | ",
      })
  void isRefused(String module, String text, String expected) {
    var problems = new Problems();
    var _ = read(module, text, problems);
    String told = errors(problems);
    assertEquals(expected, told.substring(0, Math.min(expected.length(), told.length())));
  }

  private static Optional<Node> read(String module, String text, Problems problems) {
    Form<?> form = AllModules.builtIn().find(module).orElseThrow().form();
    return CallText.read(new SourceFile("-a", text), module, form, problems);
  }

  private static String errors(Problems problems) {
    return problems.all().stream()
        .map(p ->
            p.place().line()
                + ":"
                + p.place().column()
                + " "
                + p.message()
                + " | "
                + p.advice().orElse(""))
        .collect(Collectors.joining("; "));
  }

  private static String shown(Node node) {
    return switch (node) {
      case Node.Scalar s -> s.text();
      case Node.Sequence s -> s.items().stream().map(CallTextTest::shown).toList().toString();
      case Node.Mapping m ->
          m.entries().stream()
              .map(e -> e.name() + "@" + e.key().place().column() + "=" + shown(e.value()))
              .collect(Collectors.joining(" "));
    };
  }
}
