package dev.hactl.modules.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Edits as tasks make them, over the names of a configuration and some new ones. */
final class RandomEdits {
  private final Random random;

  RandomEdits(long seed) {
    this.random = new Random(seed);
  }

  CibEdit next(Cib cib) {
    List<String> resources =
        cib.section("resources").all().filter(Resources::isResource).map(Element::id).toList();
    return switch (random.nextInt(14)) {
      case 0, 1, 2, 3 -> primitive(name(resources));
      case 4 ->
          new MembershipEdit(
              name(resources),
              pick("grp1", "grp2", "master-group", ""),
              random.nextInt(4) == 0 ? Optional.of(name(resources)) : Optional.empty(),
              Optional.empty());
      case 5 ->
          new GroupEdit(
              pick("grp1", "g", "master-group"),
              Stream.of(name(resources), name(resources)).distinct().toList(),
              maybe(this::metas));
      case 6 ->
          new CloneEdit(
              name(resources), Optional.empty(), random.nextBoolean(), maybe(this::metas));
      case 7 -> new UncloneEdit(name(resources));
      case 8 -> new ResourceRemoval(name(resources));
      case 9 ->
          new PropertyEdit(
              List.of(
                  Setting.of(
                      pick(
                          "stonith-enabled",
                          "no-quorum-policy",
                          "fencing-timeout",
                          "cluster-delay"),
                      pick("true", "ignore", "60s", ""))));
      case 10 -> new DefaultsEdit(pick(DefaultsEdit.Kind.values()), metas());
      case 11 -> new ConstraintRemoval(Optional.of(constraint(resources)), Optional.empty());
      default -> new ConstraintEdit(constraint(resources), Optional.empty());
    };
  }

  @SafeVarargs
  private <T> T pick(T... of) {
    return of[random.nextInt(of.length)];
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private String name(List<String> resources) {
    return resources.isEmpty() || random.nextInt(3) == 0
        ? pick("new1", "new2", "new3", "new4")
        : resources.get(random.nextInt(resources.size()));
  }

  private CibEdit primitive(String id) {
    return new PrimitiveEdit(
        id,
        random.nextInt(3) == 0
            ? Optional.empty()
            : Optional.of(new Agent("ocf", pick("heartbeat", "pacemaker"), "Dummy")),
        maybe(() -> settings("ip", "fake", "state")),
        maybe(this::metas),
        maybe(this::operations),
        false);
  }

  private List<Setting> settings(String... names) {
    var all = new ArrayList<Setting>();
    for (String name : names) {
      if (random.nextBoolean()) {
        all.add(Setting.of(name, pick("1", "a b", "<&\"'>", "ä€", "")));
      }
    }
    return all;
  }

  private List<Setting> metas() {
    return List.of(
        Setting.of("resource-stickiness", pick("INFINITY", "1000000", "5", "")),
        Setting.of("failure-timeout", pick("60", "60s", "1min", "10s")),
        Setting.of(pick("priority", "target-role"), pick("Started", "7", "")));
  }

  private List<Operation> operations() {
    var all = new ArrayList<Operation>();
    for (String name : List.of("start", "stop", "monitor", "monitor")) {
      if (random.nextBoolean()) {
        all.add(
            new Operation(
                name,
                List.of(
                    Setting.of(
                        "interval", name.equals("monitor") ? 1 + random.nextInt(90) + "s" : "0"),
                    Setting.of("timeout", pick("60", "1min", "20s", "")),
                    Setting.of(
                        pick("on-fail", "enabled", "OCF_CHECK_LEVEL"), pick("", "restart")))));
      }
    }
    return all.stream()
        .map(o ->
            new Operation(
                o.name(),
                o.settings().stream()
                    .filter(s -> !(s.name().equals("enabled") && s.text().equals("restart")))
                    .toList()))
        .toList();
  }

  private Constraint constraint(List<String> resources) {
    String a = name(resources);
    String b = name(resources);
    String score = pick("INFINITY", "1000000", "10", "-INFINITY");
    return switch (random.nextInt(4)) {
      case 0 ->
          new Location(a, false, new Location.Where.Node(pick("master", "slave")), "", score, "");
      case 1 ->
          new Location(
              a,
              false,
              new Location.Where.Matching(
                  Rule.parse(pick("#uname eq master", "#uname ne master and ping gt 0"))
                      .orElseThrow()),
              pick("", "Promoted", "Master"),
              score,
              "");
      case 2 -> new Colocation(a, pick("", "Started"), b, pick("", "Promoted"), score);
      default ->
          new Order(
              a,
              pick("start", "promote"),
              b,
              "start",
              pick("Mandatory", "Optional", "Serialize"),
              maybe(random::nextBoolean));
    };
  }
}
