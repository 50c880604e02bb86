package dev.hactl.engine.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.SourceFile;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names a text cannot do without, whatever branch is taken. */
class MentionsTest {
  private static final Place HERE = new SourceFile("x", "").at(1, 1);

  private static String missing(Mentions mentions) {
    return String.join(" ", mentions.missing(Set.of()));
  }

  private static Mentions expression(String text) {
    return TextScan.expression(text, 0, text.length(), i -> HERE).mentions();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "a                          | a",
        "a.b.c                      | a",
        "a[b].c                     | a b",
        "a?size > b                 | a b",
        "a && !b || c != d          | a b c d",
        "a == 'b' && c == \"d\"     | a c",
        "true && false              | ``",
        "a gt 1 and_more lte 2      | a and_more",
        "a?join(b, 'c')             | a b",
        "a?then(b, c)               | a b c",
        "1.5 + a + 2                | a",
        "a..b                       | a b",
        "a[1..]                     | a",
        "a[0..<n]                   | a n",
        "a!                         | ``",
        "a!'x'                      | ``",
        "a!b                        | b",
        "a.b!'x'                    | a",
        "(a.b)!'x'                  | ``",
        "(a.b[c])??                 | ``",
        "a??                        | ``",
        "a?? && a.b                 | ``",
        "!(a??)                     | ``",
        "a?has_content              | ``",
        "a?default('x')             | ``",
        "(a.b)?has_content && c     | c",
        "'x${a}y${b!}'              | a",
        "r'x${a}y'                  | ``",
        "\"it's ${a}\" + b          | a b",
        "'it\\'s' + a               | a",
        "[a, {'k': b}]              | a b",
        "xs?filter(x -> x.ok && y)  | xs y",
        "xs?map((x) -> x + y)       | xs y",
        ".now?string(a)             | a",
        ".vars['x']                 | ``",
        "f(a, b)                    | f a b",
        "r + a                      | r a",
      })
  void ofAnExpression(String text, String names) {
    assertEquals(names.replace("``", ""), missing(expression(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "plain $x {y}                                    | ``",
        "${a} and ${b.c}                                 | a b",
        "<#if a>${b}<#elseif c>${d}<#else>${e}</#if>     | a b c d e",
        "<#list xs as x>${x} ${x?index} ${y}</#list>     | xs y",
        "<#list m as k, v>${k}${v}</#list>               | m",
        "<#list xs>x<#items as i>${i}</#items></#list>   | xs",
        "<#list xs?filter(n -> n > 1) as x>${x}</#list>  | xs",
        "<#assign a = b>${a}                             | b",
        "<#assign a=1 c = d + 1>${a}${c}                 | d",
        "<#assign a>text ${b}</#assign>${a}              | b",
        "<#assign a = (x == y)>${a}                      | x y",
        "<#macro m p q=1>${p}${q}${r}</#macro><@m p=s/>  | r s",
        "<@m a=b; c>${c}</@m>                            | m b",
        "<#function f x><#return x + y></#function>${f(1)} | y",
        "<#switch a><#case b>x<#break></#switch>         | a b",
        "<#-- ${a} -->${b}                               | b",
        "<#noparse>${a}</#noparse>${b}                   | b",
        "<#if a??>${a}</#if>                             | ``",
        "<#attempt>${a}<#recover>x</#attempt>            | ``",
        "<#import 'x.ftl' as x>${x.y} ${z}               | ``",
        "<#if (a > 1)>x</#if>                            | a",
        "${'>'}<#if a == '>'>${b}</#if>                  | a b",
      })
  void ofAText(String text, String names) {
    assertEquals(names.replace("``", ""), missing(TextScan.text(text, i -> HERE).mentions()));
  }

  @Test
  void whatOneTextTestsAnotherMayUse() {
    assertEquals("c", missing(Mentions.of(List.of(expression("a??"), expression("a.b + c")))));
  }

  @Test
  void namesStandWhereTheUserWroteThem() {
    var file = new SourceFile("x.yml", "k: \"a ${b}\"");
    var text = new Node.Scalar("a ${b}", Node.Kind.TEXT, false, "", file.at(1, 4));
    var renderer = new Renderer(new TemplateFiles(List.of()));
    assertEquals("x.yml:1:9", renderer.mentions(text).place("b").toString());
  }
}
