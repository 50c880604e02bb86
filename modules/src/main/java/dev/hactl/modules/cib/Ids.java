package dev.hactl.modules.cib;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Makes ids in the shape that pcs gives them; a taken one gets a number. */
public final class Ids {
  private final Supplier<Set<String>> known;
  private Optional<Set<String>> taken = Optional.empty();

  private Ids(Supplier<Set<String>> known) {
    this.known = known;
  }

  /** Ids that are free in a configuration. */
  static Ids in(Cib cib) {
    return new Ids(cib::ids);
  }

  /** A free id: the parts joined by dashes, without what an XML id cannot hold. */
  String fresh(String... parts) {
    Set<String> all = taken();
    String wanted = clean(String.join("-", parts));
    String id = wanted;
    for (int n = 1; !all.add(id); n++) {
      id = wanted + "-" + n;
    }
    return id;
  }

  /** Looked up when the first id is needed: most edits find everything as it should be. */
  private Set<String> taken() {
    Set<String> all = taken.orElseGet(known);
    taken = Optional.of(all);
    return all;
  }

  private static String clean(String text) {
    var id = new StringBuilder();
    text.codePoints()
        .filter(c -> isStart(c) || (!id.isEmpty() && isInner(c)))
        .forEach(id::appendCodePoint);
    return id.isEmpty() ? "x" : id.toString();
  }

  private static boolean isStart(int c) {
    return c == '_' || Character.isLetter(c);
  }

  private static boolean isInner(int c) {
    return c == '-' || c == '.' || Character.isDigit(c);
  }

  /** Whether a text can be the id of a resource or constraint. */
  public static boolean isId(String text) {
    return !text.isEmpty() && clean(text).equals(text);
  }
}
