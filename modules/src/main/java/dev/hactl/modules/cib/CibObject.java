package dev.hactl.modules.cib;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/**
 * An object of a configuration as an operator knows it.
 *
 * @param kind {@code primitive}, {@code location}, {@code property}, ...
 * @param id its name; for a constraint its id
 * @param title what it is in a few words: the agent, or what a constraint relates
 * @param fields what is set, secrets replaced
 */
record CibObject(String kind, String id, String title, SequencedMap<Field, String> fields) {

  /**
   * A setting's name.
   *
   * @param group {@code meta}, {@code op monitor}; empty for the object's own
   */
  record Field(String group, String name) {
    @Override
    public String toString() {
      return group.isEmpty() ? name : group + " " + name;
    }
  }

  /** Collects the fields of one object and hides what nobody may see. */
  static final class Builder {
    private final SequencedMap<Field, String> fields = new LinkedHashMap<>();
    private final Masking masking;

    Builder(Masking masking) {
      this.masking = masking;
    }

    /** The object's only value. */
    Builder value(String name, String value) {
      fields.put(new Field("", "value"), masking.shown(name, value));
      return this;
    }

    Builder field(String group, String name, String value) {
      fields.put(new Field(group, name), masking.shown(name, value));
      return this;
    }

    Builder attributes(Element e, Set<String> but) {
      return attributes("", e, but);
    }

    Builder attributes(String group, Element e, Set<String> but) {
      e.attributes()
          .forEach((name, value) -> {
            if (!but.contains(name)) {
              field(group, name, value);
            }
          });
      return this;
    }

    /** The pairs of all sets of a kind. */
    Builder sets(String group, Element holder, String tag) {
      holder.children(tag).forEach(set -> pairs(group, set));
      return this;
    }

    Builder pairs(String group, Element set) {
      set.children("nvpair")
          .forEach(p -> field(group, p.attribute("name", p.id()), p.attribute("value", "")));
      return this;
    }

    CibObject build(String kind, String id, String title) {
      return new CibObject(kind, id, title, fields);
    }
  }
}
