package dev.hactl.engine.template.jinja;

import dev.hactl.engine.template.jinja.Piece.Kind;
import dev.hactl.engine.template.jinja.Piece.Strength;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Filters: what FreeMarker has as a built-in, and hactl as a function. */
final class JinjaFilters {
  /** Without arguments. */
  private static final Map<String, String> BUILT_INS =
      Map.ofEntries(
          Map.entry("upper", "?upper_case"),
          Map.entry("lower", "?lower_case"),
          Map.entry("capitalize", "?lower_case?cap_first"),
          Map.entry("title", "?lower_case?capitalize"),
          Map.entry("trim", "?trim"),
          Map.entry("first", "?first"),
          Map.entry("last", "?last"),
          Map.entry("min", "?min"),
          Map.entry("max", "?max"),
          Map.entry("reverse", "?reverse"),
          Map.entry("int", "?number?int"),
          Map.entry("float", "?number"),
          Map.entry("string", "?string"),
          Map.entry("abs", "?abs"),
          Map.entry("round", "?round"),
          Map.entry("urlencode", "?url"));

  /** Functions with the filter's arguments after the value. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "b64encode",
          "b64decode",
          "quote",
          "bool",
          "regex_findall",
          "regex_replace",
          "regex_escape",
          "to_json",
          "from_json",
          "from_yaml",
          "basename",
          "dirname",
          "splitext",
          "hash",
          "to_uuid",
          "human_to_bytes",
          "human_readable",
          "unique",
          "union",
          "intersect",
          "difference",
          "symmetric_difference",
          "zip",
          "product",
          "sum",
          "subelements",
          "fileglob");

  private static final Map<String, String> RENAMED =
      Map.of(
          "ipwrap",
          "ip_wrap",
          "to_yaml",
          "to_yaml",
          "to_nice_yaml",
          "to_yaml",
          "items",
          "dict2items");

  private static final Map<String, String> ADDRESSES =
      Map.of(
          "address",
          "cidr_ip",
          "network",
          "cidr_network",
          "netmask",
          "cidr_netmask",
          "prefix",
          "cidr_prefix",
          "broadcast",
          "cidr_broadcast",
          "size",
          "cidr_size",
          "revdns",
          "ip_reverse");

  private JinjaFilters() {}

  static Piece apply(String filter, Piece value, Arguments a) {
    String builtIn = BUILT_INS.get(filter);
    if (builtIn != null) {
      a.only(0);
      return value.kind() == Kind.GROUP && filter.equals("first") ? value : value.then(builtIn);
    }
    if (FUNCTIONS.contains(filter)) {
      Piece called = a.only(9).call(filter, value);
      return filter.equals("bool") ? called.bool() : called;
    }
    String renamed = RENAMED.get(filter);
    if (renamed != null) {
      return a.only(0, "indent").call(renamed, value);
    }
    return switch (filter) {
      case "default", "d" -> otherwise(value, a);
      case "ternary" ->
          value.then("?then(" + a.only(2).get(0).argument() + ", " + a.get(1).argument() + ")");
      case "join" ->
          value.then("?join(" + (a.only(1).count() == 0 ? "''" : a.get(0).argument()) + ")");
      case "replace" -> builtIn(value, "replace", a.only(2));
      case "split" ->
          a.only(1).count() == 0 ? value.then("?word_list") : builtIn(value, "split", a);
      case "length", "count" -> {
        a.only(0);
        String of = value.in(Strength.TIGHT);
        boolean text = value.kind() == Kind.STRING;
        yield new Piece(of + (text ? "?length" : "?size"), Strength.TIGHT, Kind.LENGTH, of);
      }
      case "list", "mandatory", "safe" -> value;
      case "sort" -> sorted(value, a);
      case "batch" -> builtIn(value, "chunk", a.only(1));
      case "flatten" -> a.only(1).call("flatten", value);
      case "combine" -> combined(value, a);
      case "dict2items", "items2dict" -> renamedKeys(filter, value, a);
      case "to_nice_json" -> {
        Optional<Piece> indent = a.only(0, "indent", "sort_keys").find(0, "indent");
        yield Piece.tight(
            "to_nice_json(" + value.argument() + indent.map(i -> ", " + i.text()).orElse("") + ")");
      }
      case "regex_search" -> search(value, a);
      case "password_hash" -> hashed(value, a);
      case "checksum", "sha1", "md5" ->
          Piece.tight(
              "hash(" + value.argument() + ", '" + (filter.equals("md5") ? "md5" : "sha1") + "')");
      case "random", "shuffle" -> seeded(filter, value, a);
      case "ipaddr", "ipv4", "ipv6" -> address(value, a.only(1));
      case "map", "select", "reject", "selectattr", "rejectattr" ->
          JinjaLists.apply(filter, value, a);
      default -> throw new Untranslatable(filter);
    };
  }

  private static Piece builtIn(Piece value, String name, Arguments a) {
    List<String> all = a.given().stream().map(Piece::argument).toList();
    return value.then("?" + name + "(" + String.join(", ", all) + ")");
  }

  private static Piece otherwise(Piece value, Arguments a) {
    Piece other =
        a.only(2, "boolean", "default_value").find(0, "default_value").orElse(Piece.string(""));
    Optional<Piece> also = a.find(1, "boolean");
    String tested = value.name() ? value.text() : "(" + value.text() + ")";
    if (also.isPresent() && also.get().text().equals("true")) {
      return Piece.tight(
          tested + "?has_content?then(" + value.argument() + ", " + other.argument() + ")");
    }
    return Piece.of(tested + "!" + other.in(Strength.TIGHT), Strength.DEFAULT);
  }

  private static Piece sorted(Piece value, Arguments a) {
    Optional<Piece> attribute = a.only(0, "attribute", "reverse").find(0, "attribute");
    boolean reverse = a.find(0, "reverse").map(r -> r.text().equals("true")).orElse(false);
    Piece sorted =
        attribute
            .map(x -> value.then("?sort_by(" + x.argument() + ")"))
            .orElseGet(() -> value.then("?sort"));
    return reverse ? sorted.then("?reverse") : sorted;
  }

  private static Piece combined(Piece value, Arguments a) {
    boolean recursive =
        a.only(9, "recursive").find(9, "recursive").map(r -> r.text().equals("true")).orElse(false);
    Piece all = value;
    for (Piece other : a.given()) {
      all =
          recursive
              ? Piece.tight(
                  "combine(" + all.argument() + ", " + other.argument() + ", 'recursive')")
              : Piece.of(all.in(Strength.ADD) + " + " + other.in(Strength.MULTIPLY), Strength.ADD);
    }
    return all;
  }

  private static Piece renamedKeys(String filter, Piece value, Arguments a) {
    Optional<Piece> key = a.only(0, "key_name", "value_name").find(0, "key_name");
    Optional<Piece> inner = a.find(0, "value_name");
    if (key.isEmpty() && inner.isEmpty()) {
      return Piece.tight(filter + "(" + value.argument() + ")");
    }
    return Piece.tight(
        filter
            + "("
            + value.argument()
            + ", "
            + key.map(Piece::text).orElse("'key'")
            + ", "
            + inner.map(Piece::text).orElse("'value'")
            + ")");
  }

  private static Piece search(Piece value, Arguments a) {
    if (a.only(2).count() < 2) {
      return a.call("regex_search", value);
    }
    String group = a.get(1).string().orElse("");
    if (!group.matches("\\\\[0-9]")) {
      throw new Untranslatable("groups of a match");
    }
    String text =
        "regex_search("
            + value.argument()
            + ", "
            + a.get(0).argument()
            + ", "
            + group.charAt(1)
            + ")";
    return new Piece(text, Strength.TIGHT, Kind.GROUP, text);
  }

  private static Piece hashed(Piece value, Arguments a) {
    String scheme = a.only(2, "salt").find(0, "hashtype").map(Piece::text).orElse("'sha512'");
    String salt = a.find(1, "salt").map(s -> ", " + s.argument()).orElse("");
    return Piece.tight("password_hash(" + value.argument() + ", " + scheme + salt + ")");
  }

  private static Piece seeded(String filter, Piece value, Arguments a) {
    String seed =
        a.only(0, "seed")
            .find(0, "seed")
            .filter(s -> !s.text().equals("inventory_hostname"))
            .map(s -> ", " + s.argument())
            .orElse("");
    return Piece.tight(filter + "(" + value.argument() + seed + ")");
  }

  private static Piece address(Piece value, Arguments a) {
    Piece query = a.get(0);
    if (query.text().matches("-?[0-9]+")) {
      throw new Untranslatable("an address with its prefix");
    }
    String function = ADDRESSES.get(query.string().orElse(""));
    if (function == null) {
      throw new Untranslatable("ipaddr");
    }
    return Piece.tight(function + "(" + value.argument() + ")");
  }
}
