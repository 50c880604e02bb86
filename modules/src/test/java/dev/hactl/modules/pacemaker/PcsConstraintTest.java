package dev.hactl.modules.pacemaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hactl.engine.source.SourceException;
import dev.hactl.lab.Proves;
import dev.hactl.modules.TaskText;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcsConstraintTest {
  private final PcsConstraint module = new PcsConstraint();

  static final List<Arguments> PLANS =
      List.of(
          row(
              "the seed's colocation, there already",
              "promotable-by-pcs",
              "{kind: colocation, resource: g, with: Promoted drbd-cluster, score: 1000000}"),
          row(
              "in the older words",
              "promotable-by-pcs",
              "{kind: colocation, resource: g, with: drbd-cluster, with_role: Master, score: +INFINITY}"),
          row(
              "another score, in place",
              "promotable-by-pcs",
              "{kind: colocation, resource: g, with: Promoted drbd-cluster, score: 500}",
              "~ colocation colocation-g-drbd-cluster-INFINITY Started g with Promoted drbd-cluster"
                  + "  score: INFINITY → 500"),
          row(
              "a new colocation",
              "running",
              "{kind: colocation, resource: web, with: vip, score: -100}",
              "+ colocation colocation-web-vip--100 web with vip score=-100"),
          row(
              "a new colocation with a role",
              "by-pcs",
              "{kind: colocation, resource: master-group, with: Promoted web-clone}",
              "+ colocation colocation-master-group-web-clone-INFINITY Started master-group with"
                  + " Promoted web-clone score=INFINITY"),
          row(
              "the seed's order, there already",
              "promotable-by-pcs",
              "{kind: order, first: promote drbd-cluster, then: start g}"),
          row(
              "crmsh's order",
              "by-crmsh",
              "{kind: order, first: ms1, first_action: promote, then: d1}"),
          row(
              "an order becomes optional",
              "promotable-by-pcs",
              "{kind: order, first: promote drbd-cluster, then: g, order_kind: optional}",
              "~ order order-drbd-cluster-g-mandatory promote drbd-cluster then start g"
                  + "  kind: (none) → Optional"),
          row(
              "not symmetrical",
              "promotable-by-pcs",
              "{kind: order, first: promote drbd-cluster, then: g, symmetrical: no}",
              "~ order order-drbd-cluster-g-mandatory promote drbd-cluster then start g"
                  + "  symmetrical: (none) → false"),
          row(
              "symmetrical again",
              "by-pcs",
              "{kind: order, first: web-clone, then: dummy, order_kind: optional}",
              "~ order order-web-clone-dummy-Optional start web-clone then start dummy"
                  + "  symmetrical: false → (none)"),
          row(
              "another action is another order",
              "running",
              "{kind: order, first: stop drbd-cluster, then: stop g, order_kind: serialize}",
              "+ order order-drbd-cluster-g-Serialize stop drbd-cluster then stop g kind=Serialize"),
          row(
              "the seed's location, there already",
              "promotable-by-pcs",
              "{kind: location, resource: drbd-cluster, node: master, score: 10}"),
          row(
              "another score of a location",
              "promotable-by-pcs",
              "{kind: location, resource: drbd-cluster, node: slave, score: -INFINITY}",
              "~ location location-drbd-cluster-slave--20 drbd-cluster on slave"
                  + "  score: -20 → -INFINITY"),
          row(
              "a rule, there already",
              "promotable-by-pcs",
              "{kind: location, resource: drbd-cluster, role: Promoted, rule: '#uname ne master',"
                  + " score: -INFINITY}"),
          row(
              "two comparisons",
              "promotable-by-pcs",
              "{kind: location, resource: g, rule: '#uname eq master and pingd gt 0', score: 101}",
              "~ location location-g g on nodes where #uname eq master and pingd gt 0"
                  + "  score: 100 → 101"),
          row(
              "crmsh's rule in older words",
              "by-crmsh",
              "{kind: location, resource: ms1, role: Promoted, rule: '#uname ne master', score: -inf}"),
          row(
              "a new rule",
              "running",
              "{kind: location, resource: g, rule: not_defined pingd or pingd lte 0, score: -inf}",
              "+ location location-g g on nodes where not_defined pingd or pingd lte 0"
                  + " score=-INFINITY"),
          row(
              "by pattern",
              "promotable-by-pcs",
              "{kind: location, resource_pattern: 'g.*', node: master, score: 1}"),
          row(
              "a ban does not count: a constraint of one's own is made",
              "by-pcs",
              "{kind: location, resource: dummy, node: master, score: -INFINITY}",
              "+ location location-dummy-master--INFINITY dummy on master score=-INFINITY"),
          row(
              "nor does one of DRBD",
              "by-pcs",
              "{kind: location, resource: web-clone, role: Master, rule: '#uname ne master', score: 5}",
              "+ location location-web-clone web-clone on nodes where #uname ne master role=Promoted"
                  + " score=5"),
          row(
              "under a name of one's own",
              "running",
              "{kind: location, id: prefer-master, resource: g, node: master, score: 50}",
              "+ location prefer-master g on master score=50"),
          row(
              "another node under the same name",
              "promotable-by-pcs",
              "{kind: location, id: location-drbd-cluster-master-10, resource: drbd-cluster, node: slave,"
                  + " score: 10}",
              "~ location location-drbd-cluster-master-10 drbd-cluster on slave"
                  + "  is: drbd-cluster on master → drbd-cluster on slave"),
          row(
              "what it names is not there",
              "fresh",
              "{kind: order, first: a, then: b}",
              "[missing a] the resource 'a' is not configured"),
          row(
              "gone by what it relates, whatever its score",
              "promotable-by-pcs",
              "{kind: location, resource: drbd-cluster, node: master, state: absent}",
              "- location location-drbd-cluster-master-10 drbd-cluster on master score=10"),
          row(
              "gone by its id",
              "promotable-by-pcs",
              "{id: order-drbd-cluster-g-mandatory, state: absent}",
              "- order order-drbd-cluster-g-mandatory promote drbd-cluster then start g"),
          row("gone already", "fresh", "{id: x, state: absent}"),
          row(
              "a ban stays",
              "by-pcs",
              "{kind: location, resource: dummy, node: master, state: absent}"));

  private static Arguments row(String what, String sample, String yaml, String... lines) {
    return Arguments.of(what, sample, yaml, List.of(lines));
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("PLANS")
  @Proves({"S0-31", "S3-07"})
  void plans(String what, String sample, String yaml, List<String> lines) {
    assertEquals(lines, CibTask.plan(module, CibTask.sample(sample), yaml));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{resource: a, node: b}",
        "{state: absent}",
        "{id: cli-ban-x, state: absent}",
        "{id: drbd-fence-by-handler-r0-x, kind: location, resource: x, node: y}",
        "{kind: location, resource: a}",
        "{kind: location, resource: a, node: b, rule: '#uname eq c'}",
        "{kind: location, resource: a, node: b, score: much}",
        "{kind: location, resource: a, rule: 'uname is b'}",
        "{kind: location, resource: a, rule: 'a eq b and c eq d or e eq f'}",
        "{kind: location, resource: a, node: b, with: c}",
        "{kind: colocation, resource: a}",
        "{kind: colocation, resource: a, with: Boss b}",
        "{kind: colocation, resource: a, with: Master b, with_role: Slave}",
        "{kind: order, first: a}",
        "{kind: order, first: jump a, then: b}",
        "{kind: order, first: a, then: b, score: 5}",
      })
  void mistakesAreToldBeforeAnyHostIsAsked(String yaml) {
    assertThrows(SourceException.class, () -> TaskText.bind(module.form(), yaml));
  }
}
