package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random trees of blocks whose tasks fail on some hosts: every host goes the way that a few lines
 * of this test say, no task begins twice, and check calls nothing ok that apply then changes.
 */
class LocalRescueLawTest extends LocalRuns {
  private static final List<String> HOSTS = List.of("a", "b");

  /** A task, or a block. */
  private sealed interface Part {}

  private record Leaf(String name, String failsOn) implements Part {}

  private record Tree(List<Part> block, List<Part> rescue, List<Part> always) implements Part {}

  private int names;

  private List<Part> parts(Random random, int depth) {
    var parts = new ArrayList<Part>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      if (depth > 0 && random.nextInt(2) == 0) {
        parts.add(
            new Tree(
                parts(random, depth - 1),
                random.nextInt(3) > 0 ? parts(random, depth - 1) : List.of(),
                random.nextInt(2) > 0 ? parts(random, depth - 1) : List.of()));
      } else {
        parts.add(new Leaf("t" + names++, List.of("", "", "a", "b", "ab").get(random.nextInt(5))));
      }
    }
    return parts;
  }

  private static String yaml(List<Part> parts, String indent) {
    return parts.stream().map(p -> yaml(p, indent)).collect(Collectors.joining());
  }

  private static String yaml(Part part, String indent) {
    return switch (part) {
      case Leaf l ->
          indent
              + "- {name: %s, shell: 'case \"%s\" in *${inventory_hostname}*) exit 1;; esac; touch ${dir}/x'}\n"
                  .formatted(l.name(), l.failsOn());
      case Tree t ->
          indent
              + "- block:\n"
              + yaml(t.block(), indent + "    ")
              + section("rescue", t.rescue(), indent)
              + section("always", t.always(), indent);
    };
  }

  private static String section(String word, List<Part> parts, String indent) {
    return parts.isEmpty() ? "" : indent + "  " + word + ":\n" + yaml(parts, indent + "    ");
  }

  /** Whether the host comes to the end of the list. */
  private static boolean goes(List<Part> parts, String host, List<String> way) {
    return parts.stream().allMatch(p -> goes(p, host, way));
  }

  private static boolean goes(Part part, String host, List<String> way) {
    return switch (part) {
      case Leaf l -> {
        boolean fails = l.failsOn().contains(host);
        way.add(l.name() + "@" + host + "=" + (fails ? "failed" : "changed"));
        yield !fails;
      }
      case Tree t -> {
        boolean well = goes(t.block(), host, way);
        if (!well && !t.rescue().isEmpty()) {
          well = goes(t.rescue(), host, way);
        }
        yield goes(t.always(), host, way) && well;
      }
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void hostsGoTheirWay(long seed) throws IOException {
    List<Part> parts = parts(new Random(seed), 2);
    String play = "any_errors_fatal: false\ntasks:\n" + yaml(parts, "  ");
    Told check = run("plan", "a,b", play);
    Told apply = run("apply", "a,b", play);

    Map<String, List<String>> ways = new HashMap<>();
    boolean failed = false;
    for (String host : HOSTS) {
      var way = new ArrayList<String>();
      failed |= !goes(parts, host, way);
      ways.put(host, way);
      assertEquals(way, told(apply, host), play);
    }
    List<String> order = List.of(apply.order().split(" "));
    assertEquals(order.size(), new TreeSet<>(order).size(), "no task begins twice: " + order);
    assertEquals(failed ? 2 : 0, apply.exit(), apply.err());
    var wrong = new TreeSet<>(Arrays.asList(check.tasks().replace("=ok", "=changed").split(" ")));
    wrong.removeAll(Arrays.asList(check.tasks().split(" ")));
    wrong.retainAll(Arrays.asList(apply.tasks().split(" ")));
    assertTrue(wrong.isEmpty(), () -> "check said ok: " + wrong + "\n" + play);
  }

  private static List<String> told(Told run, String host) {
    return Arrays.stream(run.tasks().split(" ")).filter(t -> t.contains("@" + host + "=")).toList();
  }
}
