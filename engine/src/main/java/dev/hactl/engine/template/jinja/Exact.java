package dev.hactl.engine.template.jinja;

import dev.hactl.engine.template.jinja.Piece.Kind;
import dev.hactl.engine.template.jinja.Piece.Strength;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For texts that are translated without anybody looking: what comes out must come to the same as
 * Ansible's, or fail. What could quietly come to something else is refused.
 */
final class Exact implements Dialect {
  private static final Pattern LEAF = Pattern.compile("(?:[\\w.]|\\[[^\\[\\]]*\\])*?(\\w+)");

  /** What hactl's counterparts write in another way, and in which. */
  private static final Map<String, String> OTHERWISE =
      Map.ofEntries(
          Map.entry("to_json", "hactl's to_json writes no spaces"),
          Map.entry("to_nice_json", "hactl's to_nice_json indents and sorts otherwise"),
          Map.entry("to_yaml", "hactl's to_yaml indents and sorts otherwise"),
          Map.entry("to_nice_yaml", "hactl's to_yaml indents and sorts otherwise"),
          Map.entry("password_hash", "hactl's password_hash takes other salts and rounds"),
          Map.entry("random", "hactl's random gives the same in every run"),
          Map.entry("shuffle", "hactl's shuffle gives the same in every run"),
          Map.entry("float", "Python writes '.0' behind whole numbers"),
          Map.entry("round", "Python writes '.0' behind whole numbers"),
          Map.entry("title", "FreeMarker's capitalize splits words otherwise"),
          Map.entry("urlencode", "FreeMarker's url leaves other characters as they are"));

  /** Variables about the connection, which users set themselves. */
  private static final Set<String> OWN =
      Set.of(
          "ansible_host",
          "ansible_port",
          "ansible_user",
          "ansible_connection",
          "ansible_become",
          "ansible_become_user",
          "ansible_facts",
          "ansible_check_mode",
          "ansible_play_hosts",
          "ansible_failed_task",
          "ansible_failed_result",
          "ansible_loop",
          "ansible_loop_var",
          "ansible_managed",
          "ansible_play_batch");

  private static final Set<String> UNKNOWN =
      Set.of("ansible_play_role_names", "inventory_file", "inventory_dir", "role_names", "vars");

  /**
   * A loop of a template that is open.
   *
   * @param item its variable
   * @param list what it goes over
   */
  record Loop(String item, String list) {}

  private final Known known;
  private final Deque<Loop> loops = new ArrayDeque<>();
  private final Set<String> spaces = new HashSet<>();

  Exact(Known known) {
    this.known = known;
  }

  void begin(Loop loop) {
    loops.push(loop);
  }

  void end() {
    loops.pop();
  }

  boolean looping() {
    return !loops.isEmpty();
  }

  /** {@code namespace()}: its attributes become variables of their own. */
  void space(String name) {
    spaces.add(name);
  }

  boolean isSpace(String name) {
    return spaces.contains(name);
  }

  @Override
  public void check(Tokens tokens) {
    List<Tokens.Token> all = tokens.all();
    boolean divides = false;
    boolean whole = false;
    for (int i = 0; i < all.size(); i++) {
      Tokens.Token token = all.get(i);
      String before =
          i == 0 ? "" : all.get(i - 1).kind() == Tokens.Kind.SIGN ? all.get(i - 1).text() : "";
      boolean filter = before.equals("|") && token.kind() == Tokens.Kind.NAME;
      boolean mapped = before.equals("(") && token.kind() == Tokens.Kind.STRING;
      String otherwise = filter || mapped ? OTHERWISE.get(token.text()) : null;
      if (otherwise != null) {
        throw new Untranslatable(otherwise);
      }
      divides |= token.kind() == Tokens.Kind.SIGN && token.text().equals("/");
      whole |= filter && token.text().equals("int");
      if (token.kind() == Tokens.Kind.NAME && !before.equals(".")) {
        variable(token.text());
      }
      if (i > 1
          && all.get(i - 2).text().equals("ansible_facts")
          && List.of(".", "[").contains(before)) {
        fact("ansible_" + token.text());
      }
    }
    if (divides && !whole) {
      throw new Untranslatable("Python writes '.0' behind a quotient; use // or '| int'");
    }
  }

  private void variable(String name) {
    if (UNKNOWN.contains(name)) {
      throw new Untranslatable("hactl has no variable '" + name + "'");
    }
    if (name.startsWith("ansible_") && !OWN.contains(name)) {
      fact(name);
    }
  }

  private void fact(String name) {
    if (!known.fact(name) && known.kind(name) == Known.Kind.UNKNOWN) {
      throw new Untranslatable("hactl reads no fact '" + name + "'");
    }
  }

  /** What is known of a piece that is a variable or a part of one. */
  Known.Kind kind(Piece piece) {
    if (piece.kind() == Kind.BOOLEAN) {
      return Known.Kind.BOOLEAN;
    }
    if (piece.kind() == Kind.STRING) {
      return Known.Kind.TEXT;
    }
    Matcher leaf = LEAF.matcher(piece.text());
    return leaf.matches() && !piece.text().matches("[0-9.]+")
        ? known.kind(leaf.group(1))
        : Known.Kind.UNKNOWN;
  }

  @Override
  public Piece condition(Piece piece) {
    if (piece.kind() == Kind.TRUTH) {
      return piece.bool();
    }
    if (piece.kind() == Kind.LENGTH) {
      return Piece.tight(piece.of() + "?has_content").bool();
    }
    return kind(piece) == Known.Kind.BOOLEAN
        ? piece.bool()
        : Piece.tight("truthy(" + piece.argument() + ")").bool();
  }

  /** In Python {@code or} gives one of its values; as a condition that makes no difference. */
  @Override
  public Piece both(Piece left, String sign, Piece right, Strength strength) {
    boolean plain = kind(left) == Known.Kind.BOOLEAN && kind(right) == Known.Kind.BOOLEAN;
    Piece joined = JinjaOperators.join(condition(left), sign, condition(right), strength);
    return plain ? joined.bool() : new Piece(joined.text(), strength, Kind.TRUTH, "");
  }

  @Override
  public Piece in(Piece item, Piece all) {
    boolean sure =
        all.text().startsWith("[")
            || all.text().startsWith("groups.")
            || all.text().equals("group_names");
    return switch (sure ? Known.Kind.LIST : kind(all)) {
      case LIST, TEXT ->
          all.kind() == Kind.STRING || kind(all) != Known.Kind.TEXT
              ? JinjaTests.in(item, all)
              : all.then("?contains(" + item.argument() + ")").bool();
      case MAPPING, BOOLEAN, NUMBER, UNKNOWN ->
          all.text().matches("groups|hostvars|ansible_facts")
              ? JinjaTests.in(item, all)
              : Piece.tight("has(" + all.argument() + ", " + item.argument() + ")").bool();
    };
  }

  @Override
  public Piece filter(String name, Piece value, Arguments a) {
    return switch (name) {
      case "ternary" -> JinjaFilters.apply(name, condition(value), a);
      case "default", "d" -> {
        Optional<Piece> also = a.find(1, "boolean");
        if (also.isPresent() && also.get().text().equals("true")) {
          Piece other = a.find(0, "default_value").orElse(Piece.string(""));
          String path = value.name() ? value.text() : "(" + value.text() + ")";
          yield Piece.tight(
              "truthy(" + path + "!'')?then(" + value.argument() + ", " + other.argument() + ")");
        }
        Piece given = JinjaFilters.apply(name, value, a);
        boolean truth =
            kind(value) == Known.Kind.BOOLEAN
                && a.find(0, "default_value").map(o -> o.kind() == Kind.BOOLEAN).orElse(false);
        yield truth ? given.bool() : given;
      }
      case "length", "count" ->
          kind(value) == Known.Kind.TEXT
              ? value.then("?length")
              : JinjaFilters.apply(name, value, a);
      default -> JinjaFilters.apply(name, value, a);
    };
  }

  @Override
  public Piece name(String name, Tokens tokens) {
    boolean inside = tokens.sign(".");
    if (inside && name.equals("loop") && !loops.isEmpty()) {
      tokens.want(".");
      return loop(tokens.wantName(), loops.element());
    }
    if (inside && spaces.contains(name)) {
      tokens.want(".");
      return Piece.tight(name + "_" + tokens.wantName());
    }
    return switch (name) {
      case "ansible_managed" -> Piece.string("Ansible managed");
      case "ansible_play_batch" -> Piece.tight("ansible_play_hosts");
      case "inventory_hostname_short" -> Piece.tight("inventory_hostname?keep_before('.')");
      default -> JinjaCalls.name(name);
    };
  }

  private static Piece loop(String what, Loop loop) {
    return switch (what) {
      case "index" -> Piece.tight(loop.item() + "?counter");
      case "index0" -> Piece.tight(loop.item() + "?index");
      case "first" -> Piece.tight(loop.item() + "?is_first").bool();
      case "last" -> Piece.tight(loop.item() + "?is_last").bool();
      case "length" -> new Piece(loop.list() + "?size", Strength.TIGHT, Kind.LENGTH, loop.list());
      default -> throw new Untranslatable("there is no 'loop." + what + "'");
    };
  }

  /** An expression as a text shows it. */
  Piece printed(Piece piece) {
    value(piece);
    if (piece.kind() == Kind.NONE) {
      return Piece.string("");
    }
    return switch (kind(piece)) {
      case BOOLEAN -> piece.then("?then('True', 'False')");
      case LIST, MAPPING ->
          throw new Untranslatable("Python writes a list or a mapping in its own way into a text");
      case TEXT, NUMBER, UNKNOWN -> piece;
    };
  }

  /** Refuses a condition where its value is wanted. */
  Piece value(Piece piece) {
    if (piece.kind() == Kind.TRUTH) {
      throw new Untranslatable("'and' and 'or' give one of their values here, not true or false");
    }
    return piece;
  }
}
