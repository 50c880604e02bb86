package dev.hactl.engine.template.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an Ansible user writes, as hactl writes it; those of the documentation stand there. */
class JinjaExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "vip => vip",
        "vip | default('x') => vip!'x'",
        "a.b | default('x') => (a.b)!'x'",
        "a.b | d(omit) => (a.b)!omit",
        "vip | default('x', true) => vip?has_content?then(vip, 'x')",
        "a | default([]) | length => (a![])?size",
        "a and not b => a && !b",
        "not (a or b) and c => !(a || b) && c",
        "a or b and c => a || b && c",
        "(a or b) and c => (a || b) && c",
        "not not a => a",
        "x is defined => x??",
        "x is not defined => !x??",
        "not x is defined => !x??",
        "x is defined and x | length > 0 => x?? && x?has_content",
        "x | length == 0 => !x?has_content",
        "x | length >= 2 => x?size >= 2",
        "x is none => !x??",
        "x != None => x??",
        "x == True => x == true",
        "'a' in names => names?seq_contains('a')",
        "name not in ['a', 'b'] => !['a', 'b']?seq_contains(name)",
        "'a' in r.stdout => r.stdout?contains('a')",
        "'db' in groups => groups.db??",
        "item.value['some-key'].x => item.value['some-key'].x",
        "item.value['x'][0] => item.value.x[0]",
        "xs[-1] => xs?last",
        "xs[1:] => xs[1..]",
        "xs[:2] => xs[0..*2]",
        "xs[1:3] => xs[1..*2]",
        "a ~ '-' ~ b => a + '-' + b",
        "a ~ b => '' + a + b",
        "a // 2 + 1 => (a / 2)?floor + 1",
        "(a + 1) * 2 => (a + 1) * 2",
        "a - (b - c) => a - (b - c)",
        "'x' if up else 'y' => up?then('x', 'y')",
        "'x' if a and b else 'y' => (a && b)?then('x', 'y')",
        "up | ternary('x', 'y') => up?then('x', 'y')",
        "(n > 1) | ternary(a, b) => (n > 1)?then(a, b)",
        "hosts | map(attribute='name') | list | join(',') => hosts?map(x -> x.name)?join(',')",
        "hosts | map('upper') | list => hosts?map(x -> x?upper_case)",
        "groups.db | map('extract', hostvars, 'ansible_host') => groups.db?map(x -> hostvars[x].ansible_host)",
        "hosts | selectattr('on') | list => hosts?filter(x -> x.on)",
        "hosts | selectattr('state', 'equalto', 'up') => hosts?filter(x -> x.state == 'up')",
        "hosts | rejectattr('a.b', 'defined') => hosts?filter(x -> !x.a.b??)",
        "hosts | selectattr('n', 'in', x) => hosts?filter(y -> x?seq_contains(y.n))",
        "xs | select('match', 'a.*') => xs?filter(x -> regex_search(x, '^a.*')??)",
        "xs | reject('search', '\\d') => xs?filter(x -> !regex_search(x, r'\\d')??)",
        "xs | sort(attribute='n', reverse=true) | first => xs?sort_by('n')?reverse?first",
        "x | regex_replace('^a(.*)$', '\\1') => regex_replace(x, '^a(.*)$', r'\\1')",
        "x | regex_search('v(\\d+)', '\\1') | first => regex_search(x, r'v(\\d+)', 1)",
        "a | combine(b, recursive=True) => combine(a, b, 'recursive')",
        "a | combine(b, c) => a + b + c",
        "d | dict2items => dict2items(d)",
        "x | ansible.utils.ipaddr('network') => cidr_network(x)",
        "ip is ansible.utils.in_network '10.0.0.0/8' => ip_in_cidr(ip, '10.0.0.0/8')",
        "v is version('9.2', '>=') => version(v, '>=', '9.2')",
        "r is changed => r.changed",
        "r is not failed => !r.failed",
        "r is succeeded => !r.failed",
        "r.stdout_lines | default([]) | length => ((r.stdout_lines)![])?size",
        "r.stdout.split(',')[0] => r.stdout?split(',')[0]",
        "x.get('k', 'd') => (x.k)!'d'",
        "d.items() => dict2items(d)",
        "','.join(xs) => xs?join(',')",
        "lookup('file', 'a.txt') => file('a.txt')",
        "lookup('ansible.builtin.env', 'HOME') => env('HOME')",
        "lookup('env', 'X', default='y') => env('X')!'y'",
        "lookup('password', 'pw/x length=15') => password('pw/x', 15)",
        "query('fileglob', '*.conf') => fileglob('*.conf')",
        "range(1, 5) | list => 1..<5",
        "60 | random(seed=inventory_hostname) => random(60)",
        "(a, b) => ``",
        "x | b64encode => b64encode(x)",
        "x | password_hash('sha512', 'salt') => password_hash(x, 'sha512', 'salt')",
        "\"it's\" => 'it\\'s'",
        "'${x}' => '$\\{x}'",
      })
  void isSaidInHactlsWords(String jinja, String hactl) {
    assertEquals(hactl.replace("``", ""), JinjaExpression.toHactl(jinja).orElse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x | json_query('a.b')",
        "lookup('pipe', 'date')",
        "x | strftime",
        "a if b",
        "x |",
        "x[::2]",
        "x[:-1]",
        "x ** 2",
        "now(",
        "'unclosed",
        "a b",
        "",
        "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1",
      })
  void whatCannotBeReliedOnIsNotSaid(String jinja) {
    assertEquals("", JinjaExpression.toHactl(jinja).orElse(""));
  }
}
