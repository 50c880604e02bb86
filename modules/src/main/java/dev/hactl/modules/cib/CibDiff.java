package dev.hactl.modules.cib;

import dev.hactl.engine.module.Diff;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;

/** The difference between two configurations, one object a line: no XML, no ids of pairs. */
final class CibDiff {
  private CibDiff() {}

  /** Added objects first, then changed ones, then removed ones. */
  static List<ObjectChange> between(Cib before, Cib after, Set<String> secrets) {
    SequencedMap<String, CibObject> old = CibObjects.of(before, Masking.none());
    SequencedMap<String, CibObject> now = CibObjects.of(after, Masking.none());
    var shownOld = CibObjects.of(before, Masking.of(secrets));
    var shownNow = CibObjects.of(after, Masking.of(secrets));
    var added = new ArrayList<ObjectChange>();
    var changed = new ArrayList<ObjectChange>();
    var removed = new ArrayList<ObjectChange>();
    now.forEach((key, object) -> {
      CibObject was = old.get(key);
      if (was == null) {
        added.add(whole(ObjectChange.What.ADDED, shown(shownNow, key)));
      } else if (!was.equals(object)) {
        changed.add(part(was, object, shown(shownOld, key), shown(shownNow, key)));
      }
    });
    old.forEach((key, object) -> {
      if (!now.containsKey(key)) {
        removed.add(whole(ObjectChange.What.REMOVED, shown(shownOld, key)));
      }
    });
    added.addAll(changed);
    added.addAll(removed);
    return List.copyOf(added);
  }

  private static ObjectChange whole(ObjectChange.What what, CibObject object) {
    boolean isNew = what == ObjectChange.What.ADDED;
    var line = new StringBuilder(head(object));
    String group = "";
    var properties = new ArrayList<Diff.Property>();
    if (!object.title().isEmpty()) {
      properties.add(property("is", isNew ? "" : object.title(), isNew ? object.title() : ""));
    }
    for (Map.Entry<CibObject.Field, String> entry : object.fields().entrySet()) {
      CibObject.Field field = entry.getKey();
      if (!field.group().equals(group)) {
        group = field.group();
        line.append(' ').append(group);
      }
      line.append(' ').append(field.name()).append('=').append(entry.getValue());
      properties.add(
          property(field.toString(), isNew ? "" : entry.getValue(), isNew ? entry.getValue() : ""));
    }
    return new ObjectChange(what, object.kind(), object.id(), line.toString(), properties);
  }

  private static ObjectChange part(
      CibObject was, CibObject is, CibObject shownWas, CibObject shownIs) {
    var properties = new ArrayList<Diff.Property>();
    if (!was.title().equals(is.title())) {
      properties.add(property("is", was.title(), is.title()));
    }
    var names = new LinkedHashSet<>(is.fields().keySet());
    names.addAll(was.fields().keySet());
    for (CibObject.Field field : names) {
      String before = was.fields().getOrDefault(field, "");
      String after = is.fields().getOrDefault(field, "");
      if (!before.equals(after)) {
        properties.add(hidden(field, shownWas, shownIs));
      }
    }
    var line = new StringBuilder(head(is));
    String separator = "  ";
    for (Diff.Property p : properties) {
      line.append(separator).append(p.name()).append(": ");
      line.append(shown(p.before())).append(" → ").append(shown(p.after()));
      separator = ", ";
    }
    return new ObjectChange(
        ObjectChange.What.CHANGED, is.kind(), is.id(), line.toString(), properties);
  }

  /** Both sides are hidden when one is: the old password is a secret too. */
  private static Diff.Property hidden(CibObject.Field field, CibObject was, CibObject is) {
    String before = was.fields().getOrDefault(field, "");
    String after = is.fields().getOrDefault(field, "");
    boolean secret = before.equals(Masking.HIDDEN) || after.equals(Masking.HIDDEN);
    return property(
        field.toString(),
        secret && !before.isEmpty() ? Masking.HIDDEN : before,
        secret && !after.isEmpty() ? Masking.HIDDEN : after);
  }

  private static CibObject shown(Map<String, CibObject> objects, String key) {
    return Objects.requireNonNull(objects.get(key));
  }

  private static String shown(String value) {
    return value.isEmpty() ? "(none)" : value;
  }

  private static Diff.Property property(String name, String before, String after) {
    return new Diff.Property(name, before, after);
  }

  private static String head(CibObject object) {
    String title = object.title();
    return object.kind() + " " + object.id() + (title.isEmpty() ? "" : " " + title);
  }
}
