package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of templates of Ansible, and what is told of those that stay. */
class ConvertTemplatesTest extends ConvertRuns {
  /** All statements of a template that have no form, each with what to write. */
  @Test
  void eachStatementWithoutAFormIsToldWithWhatToWrite() throws IOException {
    String template =
        """
        {% import 'forms.j2' as forms %}
        {% macro line(a) %}
        {{ a }} is {{ a | no_filter }}
        {% endmacro %}
        {% for h in hosts | no_filter %}
        {{ h }}
        {% endfor %}
        {% include 'foot.j2' %}
        """;
    CommandLineRun run = convert("x.j2", template);
    assertEquals(ExitCode.INVALID_INPUT, run.code());
    assertEquals(
        """
        x.j2:1:1: error: there is no form for 'import'
            {% import 'forms.j2' as forms %}
            ^
            write <#import 'NAME.ftl' as short>, and <@short.macro value/>; until then the \
        template stays as it is
        x.j2:2:1: error: there is no form for 'macro'
            {% macro line(a) %}
            ^
            write <#macro NAME a b='x'>...</#macro>, and <@NAME value/> where it is called; until \
        then the template stays as it is
        x.j2:3:12: error: no_filter
            {{ a }} is {{ a | no_filter }}
                       ^
            the template stays as it is
        x.j2:5:1: error: no_filter
            {% for h in hosts | no_filter %}
            ^
            the template stays as it is
        x.j2:8:1: error: there is no form for 'include'
            {% include 'foot.j2' %}
            ^
            write <#include 'NAME.ftl'> with the template's new name; until then the template \
        stays as it is
        hactl: 5 things were not converted
        """,
        told(run));
    assertEquals(template, run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "{% for a in b %}~x {{ a }}~{% endfor %}~. => <#list b as a>~x ${a}~</#list>~.",
        "{% if a == 1 %}~x~{% else %}~y~{% endif %}~. => <#if a == 1>~x~<#else>~y~</#if>~.",
        ".~  {% if a == 1 %}~x~  {% endif %}~. => .~  <#if a == 1>${''}<#rt>~x~  </#if>${''}<#rt>~.",
        "a{# n #}~b =>  a${''}<#-- n -->${''}<#rt>~b",
        "{% for k, v in m.items() %}{{ k }}{{ loop.index }}{% endfor %} => <#list m as k, v>${k}${k?counter}</#list>",
        "{% set a = 1 %}~{{ a }}. => <#assign a = 1>~${a}.",
        "{% raw %}{{ x }} ${y}{% endraw %}. => ${'{{'} x }} ${'$'}{y}.",
        "a {{- b -}} c => a${b}c",
        "#jinja2: lstrip_blocks: True~  {% if a == 1 %}~x~  {% endif %}~. => <#if a == 1>~x~</#if>~.",
      })
  void aTemplateRendersTheSame(String jinja, String freemarker) throws IOException {
    CommandLineRun run = convertLines("x.j2", jinja);
    assertEquals(freemarker.strip().replace('~', '\n').strip(), run.out().strip(), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "a~{% macro m() %}{% endmacro %} => 2:1: error: there is no form for 'macro'",
        "a~{% if b %} => 1:1: error: 'if' is not closed",
        "a~b {% if %} => 2:3: error: it ends too early",
        "{% include 'b' %} => 1:1: error: there is no form for 'include'",
        "{% for a in b %}{{ loop.cycle }}{% endfor %} => 1:17: error: there is no 'loop.cycle'",
        "{% set a = 1 %}{% for b in c %}{% set a = 2 %}{% endfor %} => 1:32: error: 'a' is set inside a loop and outside of it, which Jinja keeps apart",
      })
  void aTemplateThatCannotBeConvertedStays(String jinja, String told) throws IOException {
    CommandLineRun run = convertLines("x.j2", jinja);
    assertEquals(ExitCode.INVALID_INPUT, run.code());
    assertEquals("x.j2:" + told, told(run).lines().findFirst().orElse(""));
    assertEquals(jinja.replace('~', '\n'), run.out());
  }
}
