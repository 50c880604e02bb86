package dev.hactl.modules.cib;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * An XML element. It never changes: every edit returns another one that shares what it did not
 * touch, so that comparing two versions of a document costs little.
 *
 * @param name its tag
 * @param attributes in the order of the document
 * @param nodes what is inside, in the order of the document
 */
public record Element(String name, SequencedMap<String, String> attributes, List<XmlNode> nodes)
    implements XmlNode {

  /** Copies the collections. */
  public Element {
    attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
    nodes = List.copyOf(nodes);
  }

  /**
   * Reads a document of Pacemaker's.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Element parse(String xml) {
    return XmlReader.read(xml);
  }

  /** An empty element; names and values of its attributes alternate. */
  public static Element of(String name, String... attributes) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i + 1 < attributes.length; i += 2) {
      map.put(attributes[i], attributes[i + 1]);
    }
    return new Element(name, map, List.of());
  }

  /** Its {@code id}, empty when it has none. */
  public String id() {
    return attribute("id", "");
  }

  /** The value of an attribute. */
  public Optional<String> attribute(String key) {
    return Optional.ofNullable(attributes.get(key));
  }

  /** The value of an attribute, or what stands for its absence. */
  public String attribute(String key, String fallback) {
    return attributes.getOrDefault(key, fallback);
  }

  /** Whether it has an attribute. */
  public boolean has(String key) {
    return attributes.containsKey(key);
  }

  /** The values of a resource's parameter: several where rules choose between them. */
  public List<String> parameters(String parameter) {
    return children("instance_attributes").stream()
        .flatMap(set -> set.children("nvpair").stream())
        .filter(pair -> pair.attribute("name", "").equals(parameter))
        .map(pair -> pair.attribute("value", ""))
        .toList();
  }

  /** The elements inside it. */
  public List<Element> children() {
    var elements = new ArrayList<Element>();
    for (XmlNode node : nodes) {
      if (node instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  /** The elements inside it that have this tag. */
  public List<Element> children(String tag) {
    var elements = new ArrayList<Element>();
    for (XmlNode node : nodes) {
      if (node instanceof Element element && element.name.equals(tag)) {
        elements.add(element);
      }
    }
    return elements;
  }

  /** The first element inside it that has this tag. */
  public Optional<Element> child(String tag) {
    for (XmlNode node : nodes) {
      if (node instanceof Element element && element.name.equals(tag)) {
        return Optional.of(element);
      }
    }
    return Optional.empty();
  }

  /** Itself and every element inside it, however deep, in the order of the document. */
  public Stream<Element> all() {
    var found = new ArrayList<Element>();
    collect(found);
    return found.stream();
  }

  private void collect(List<Element> into) {
    into.add(this);
    for (XmlNode node : nodes) {
      if (node instanceof Element element) {
        element.collect(into);
      }
    }
  }

  /** The same with an attribute set: in its place, or at the end when it is new. */
  public Element with(String key, String value) {
    if (value.equals(attributes.get(key))) {
      return this;
    }
    var map = new LinkedHashMap<>(attributes);
    map.put(key, value);
    return new Element(name, map, nodes);
  }

  /** The same with these attributes set. */
  public Element with(Map<String, String> more) {
    Element result = this;
    for (var entry : more.entrySet()) {
      result = result.with(entry.getKey(), entry.getValue());
    }
    return result;
  }

  /** The same without an attribute. */
  public Element without(String key) {
    if (!has(key)) {
      return this;
    }
    var map = new LinkedHashMap<>(attributes);
    map.remove(key);
    return new Element(name, map, nodes);
  }

  /** The same with other contents. */
  public Element holding(List<? extends XmlNode> other) {
    return new Element(name, attributes, List.copyOf(other));
  }

  /** The same with one more element at the end. */
  public Element add(Element child) {
    return insert(nodes.size(), child);
  }

  /** The same with one more element before the node at an index. */
  public Element insert(int index, Element child) {
    var list = new ArrayList<>(nodes);
    list.add(index, child);
    return holding(list);
  }

  /** The same with one of its own children exchanged for another. */
  public Element replace(Element child, Element other) {
    if (child.equals(other)) {
      return this;
    }
    var list = new ArrayList<>(nodes);
    list.set(indexOf(child), other);
    return holding(list);
  }

  /** The same without one of its own children. */
  public Element remove(Element child) {
    var list = new ArrayList<>(nodes);
    list.remove(indexOf(child));
    return holding(list);
  }

  /** The place of one of its own children; fails when it is none. */
  @SuppressWarnings("ReferenceEquality") // of two children that look alike, this very one is meant
  public int indexOf(Element child) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) == child) {
        return i;
      }
    }
    throw new IllegalArgumentException(child.name + " is not inside " + name);
  }
}
