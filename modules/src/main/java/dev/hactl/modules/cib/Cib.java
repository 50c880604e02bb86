package dev.hactl.modules.cib;

import dev.hactl.engine.module.UnreadableAnswer;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A cluster's configuration and status as {@code cibadmin --query} prints them.
 *
 * @param root the {@code cib} element with the configuration
 * @param status what follows the configuration, as it came: it is most of the document, and nobody
 *     here asks what is in it
 */
public record Cib(Element root, String status) {
  private static final String CONFIGURATION = "</configuration>";
  private static final String END = "</cib>";

  /** A configuration without a status. */
  public Cib(Element root) {
    this(root, "");
  }

  /** Reads a document; throws {@link UnreadableAnswer} when it is none. */
  public static Cib parse(String text) {
    int from = text.lastIndexOf(CONFIGURATION) + CONFIGURATION.length();
    int to = text.lastIndexOf(END);
    boolean both = from >= CONFIGURATION.length() && to > from;
    String status = both ? text.substring(from, to).replaceFirst("^\\s*\\n", "") : "";
    Element root = XmlReader.read(both ? text.substring(0, from) + text.substring(to) : text);
    if (!root.name().equals("cib") || root.child("configuration").isEmpty()) {
      throw new UnreadableAnswer("this is no cluster configuration but <" + root.name() + ">");
    }
    return new Cib(root, status);
  }

  /** The whole document. */
  public String text() {
    String text = XmlWriter.write(root);
    int end = text.lastIndexOf(END);
    return text.substring(0, end) + status + text.substring(end);
  }

  /** Everything but the status. */
  public Element configuration() {
    return root.child("configuration").orElseThrow();
  }

  /** A section of the configuration such as {@code resources}; empty when it is not there. */
  public Element section(String name) {
    return configuration().child(name).orElseGet(() -> Element.of(name));
  }

  /** The same with one section exchanged, or added at the end. */
  public Cib with(Element section) {
    Element old = configuration();
    Optional<Element> there = old.child(section.name());
    if (there.isEmpty() && section.nodes().isEmpty()) {
      return this;
    }
    Element next =
        there.map(before -> old.replace(before, section)).orElseGet(() -> old.add(section));
    return next.equals(old) ? this : new Cib(root.replace(old, next), status);
  }

  /** Its version. */
  public CibVersion version() {
    return new CibVersion(number("admin_epoch"), number("epoch"), number("num_updates"));
  }

  private long number(String attribute) {
    try {
      return Long.parseLong(root.attribute(attribute, "0"));
    } catch (NumberFormatException e) {
      throw new UnreadableAnswer("the cluster configuration's " + attribute + " is no number");
    }
  }

  /** Whether the node that was asked is in the partition that may act. */
  public boolean hasQuorum() {
    return root.attribute("have-quorum").flatMap(Meaning::bool).orElse(false);
  }

  /** The name of the node that decides for all, once one is elected. */
  public Optional<String> coordinator() {
    String id = root.attribute("dc-uuid", "");
    return section("nodes").children().stream()
        .filter(n -> n.id().equals(id))
        .flatMap(n -> n.attribute("uname").stream())
        .findFirst();
  }

  /** Which words this cluster understands. */
  public Vocabulary vocabulary() {
    return Vocabulary.of(root);
  }

  /** The element of the configuration that has an id. */
  public Optional<Element> find(String id) {
    return configuration().all().filter(e -> e.id().equals(id)).findFirst();
  }

  /** Every id of the configuration; references to other elements' ids are none. */
  Set<String> ids() {
    return configuration()
        .all()
        .filter(e -> !isReference(e))
        .map(Element::id)
        .filter(id -> !id.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Whether the element's id names another element. */
  static boolean isReference(Element e) {
    return e.name().equals("resource_ref") || e.name().equals("obj_ref");
  }

  /** Whether two documents configure the same, whatever their status and version. */
  public boolean configuresSameAs(Cib other) {
    return configuration().equals(other.configuration());
  }
}
