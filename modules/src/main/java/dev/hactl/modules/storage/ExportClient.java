package dev.hactl.modules.storage;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may mount an export, and how: exports(5).
 *
 * @param host an address, a network, a name, a pattern or a netgroup
 * @param options empty for the defaults
 */
record ExportClient(String host, List<String> options) {
  private static final Pattern WRITTEN = Pattern.compile("([^\\s()]+)(?:\\(([^\\s()]*)\\))?");
  private static final Pattern MASK = Pattern.compile("(.+)/(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)");

  /** Options that etab tells of every export, so that they can be compared. */
  private static final Pattern COMPARABLE =
      Pattern.compile(
          "r[ow]|a?sync|(no_)?(root|all)_squash|(in)?secure|(no_)?subtree_check|(no)?crossmnt|(no)?hide"
              + "|(no_)?wdelay|(fsid|anonuid|anongid)=\\d+");

  /** A client as a task writes it: {@code HOST(OPTIONS)}, or a mapping with those keys. */
  static final Type.Plain<ExportClient> TYPE = Types.plain("client", "", ExportClient::of);

  private static ExportClient of(Value value) {
    if (value.secret()) {
      throw new BadValue("who may mount an export is no secret: every user of a host can read it");
    }
    if (value instanceof Value.Dict dict) {
      var unknown = new ArrayList<>(dict.entries().keySet());
      unknown.removeAll(List.of("client", "host", "options"));
      if (!unknown.isEmpty()) {
        throw new BadValue(
            "a client has no '" + unknown.getFirst() + "'", "write 'client' and 'options'");
      }
      Value host = dict.entries().getOrDefault("client", dict.entries().get("host"));
      if (host == null) {
        throw new BadValue("a client needs its 'client': a host, a network or *");
      }
      Value options = dict.entries().get("options");
      return parse(Types.TEXT.convert().apply(host))
          .with(options == null ? List.of() : Types.NAMES.convert().apply(options));
    }
    return parse(Types.TEXT.convert().apply(value));
  }

  /** Reads {@code HOST(OPTIONS)}. */
  static ExportClient parse(String text) {
    Matcher m = WRITTEN.matcher(text);
    if (!m.matches() || text.startsWith("-")) {
      throw new BadValue("'" + text + "' is not a client", "write HOST(rw,sync)");
    }
    String options = Optional.ofNullable(m.group(2)).orElse("");
    return new ExportClient(m.group(1), split(options));
  }

  private static List<String> split(String options) {
    return options.isEmpty() ? List.of() : List.of(options.split(",", -1));
  }

  /** The same with these options where it has none. */
  ExportClient with(List<String> others) {
    for (String option : others) {
      if (!option.matches("[^\\s(),\"\\\\]+")) {
        throw new BadValue("'" + option + "' is not an option of an export");
      }
    }
    return options.isEmpty() ? new ExportClient(host, others) : this;
  }

  /** As exports(5) has it. */
  String show() {
    return host + (options.isEmpty() ? "" : "(" + String.join(",", options) + ")");
  }

  /** As exportfs(8) wants it on its command line; the colons of an address would end it. */
  static String operand(String host, String path) {
    int slash = host.indexOf('/');
    String address = slash < 0 ? host : host.substring(0, slash);
    String rest = slash < 0 ? "" : host.substring(slash);
    return (address.contains(":") ? "[" + address + "]" : address) + rest + ":" + path;
  }

  /** The host with a dotted mask as a length. */
  static String plain(String host) {
    Matcher m = MASK.matcher(host);
    if (!m.matches()) {
      return host;
    }
    int bits = 0;
    for (int i = 2; i <= 5; i++) {
      bits += Integer.bitCount(Integer.parseInt(m.group(i)) & 0xff);
    }
    return m.group(1) + "/" + bits;
  }

  /** Whether an entry of etab is this client: the server writes names in full there. */
  boolean is(ExportClient live) {
    String mine = plain(host);
    return mine.equals(plain(live.host)) || (named() && live.host.startsWith(mine + "."));
  }

  private boolean named() {
    return host.matches("[A-Za-z0-9][A-Za-z0-9.-]*") && !host.matches("[0-9.]+");
  }

  /** Whether an entry of etab has all options of this one, as far as that can be told. */
  boolean served(ExportClient live) {
    return options.stream()
        .filter(o -> COMPARABLE.matcher(o).matches())
        .allMatch(live.options::contains);
  }
}
