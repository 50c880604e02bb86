package dev.hactl.modules.cib;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a running Pacemaker says of its resources: {@code crm_mon}.
 *
 * @param xml what it printed
 */
record PacemakerSays(Element xml) {
  /** Done, not running, promoted: what a monitor may find. */
  private static final Set<String> OK = Set.of("0", "7", "8");

  static PacemakerSays of(OneNodeCluster cluster) {
    return new PacemakerSays(
        Element.parse(cluster.sh("crm_mon -1 --inactive --include=all --output-as=xml").out()));
  }

  /** What each resource does: {@code group/member Started}; an instance a line. */
  List<String> roles() {
    return xml.child("resources").stream().flatMap(all -> inside(all, "")).toList();
  }

  private static Stream<String> inside(Element holder, String path) {
    return holder.children().stream()
        .flatMap(e ->
            e.name().equals("resource")
                ? Stream.of(path + e.id() + " " + e.attribute("role", "") + flags(e))
                : inside(e, path + e.id() + "/"));
  }

  private static String flags(Element resource) {
    return (resource.attribute("managed", "true").equals("true") ? "" : " unmanaged")
        + (resource.attribute("failed", "false").equals("true") ? " failed" : "");
  }

  /** What was done with a resource: {@code start}, {@code monitor 5000ms}. */
  List<String> done(String resource) {
    return history(resource)
        .map(o ->
            o.attribute("task", "")
                + o.attribute("interval").map(i -> " " + i).orElse("")
                + (OK.contains(o.attribute("rc", "0")) ? "" : " failed"))
        .toList();
  }

  /** Whether one action was done before another one: {@code first start}, {@code second start}. */
  boolean inOrder(String... actions) {
    int last = -1;
    for (String action : actions) {
      String[] words = action.split(" ", 2);
      int number =
          history(words[0])
              .filter(o -> o.attribute("task", "").equals(words[1]))
              .mapToInt(o -> Integer.parseInt(o.attribute("call", "")))
              .findFirst()
              .orElse(-1);
      if (number <= last) {
        return false;
      }
      last = number;
    }
    return true;
  }

  private Stream<Element> history(String resource) {
    return xml.all()
        .filter(e -> e.name().equals("resource_history") && e.id().equals(resource))
        .flatMap(e -> e.children("operation_history").stream());
  }
}
