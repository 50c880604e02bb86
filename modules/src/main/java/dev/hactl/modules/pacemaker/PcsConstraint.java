package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Types;
import dev.hactl.modules.cib.CibEdit;
import dev.hactl.modules.cib.Constraint;
import dev.hactl.modules.cib.ConstraintEdit;
import dev.hactl.modules.cib.ConstraintRemoval;
import dev.hactl.modules.cib.OperatorState;
import java.util.Optional;

/** A constraint of a cluster: where resources run, together with what, and after what. */
@HactlModule("pcs_constraint")
public final class PcsConstraint implements CibModule<PcsConstraint.Params> {

  /** The kinds. */
  enum Kind {
    LOCATION,
    COLOCATION,
    ORDER
  }

  /**
   * The wanted constraint.
   *
   * @param state whether it is there
   * @param id to look for first
   * @param constraint what it relates; may be missing when one with an id is to be gone
   */
  public record Params(Presence state, Optional<String> id, Optional<Constraint> constraint) {}

  @Override
  public Manual manual() {
    return Manuals.of(
        "Manage a constraint of a Pacemaker cluster",
        "A location (a resource prefers or avoids a node, or nodes that a rule describes), a"
            + " colocation (a resource runs where another one runs) or an order (an action happens"
            + " before another). A constraint is found by 'id', else by what it relates; only its"
            + " score, kind or symmetry is then changed, in place, so that there is no moment"
            + " without it. Sets of resources stay as they are. A role or action may stand before the"
            + " resource: 'with: Promoted drbd-cluster', 'first: promote drbd-cluster'.",
        Manual.Example.on(
            "",
            "The whole chain of a replicated service",
            """
            - pcs_resource:
                name: data
                agent: ocf:pacemaker:Stateful
                promotable: yes
            - pcs_resource:
                name: web
                agent: ocf:heartbeat:Dummy
            - pcs_constraint:
                kind: colocation
                resource: web
                with: Promoted data-clone
            - pcs_constraint:
                kind: order
                first: promote data-clone
                then: start web
            - pcs_constraint:
                kind: location
                resource: data-clone
                node: db1
                score: 10
            - pcs_constraint:
                kind: location
                resource: data-clone
                role: Promoted
                rule: "#uname ne db1"
                score: -10
            """));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var kind =
        form.optional(
            "kind", Types.oneOf(Kind.class), "What it constrains. Needed unless an id is absent.");
    var id = form.optional("id", PcmkTypes.ID, "Its id, to look for first.");
    var state =
        form.optional(
            "state", Types.oneOf(Presence.class), Presence.PRESENT, "Whether it is configured.");
    var names = new ConstraintForm(form);
    return form.into(
        a -> params(a.get(state), a.get(id), a.get(kind).map(k -> names.constraint(a, k))));
  }

  private static Params params(
      Presence state, Optional<String> id, Optional<Constraint> constraint) {
    if (constraint.isEmpty() && (state == Presence.PRESENT || id.isEmpty())) {
      throw new BadValue("a constraint needs a kind", "write kind: location, colocation or order");
    }
    if (id.filter(OperatorState::isConstraint).isPresent()) {
      throw new BadValue(
          "'" + id.orElseThrow() + "' belongs to the operator or to DRBD's fence handler",
          "crm_resource --clear removes cli-* constraints");
    }
    return new Params(state, id, constraint);
  }

  @Override
  public CibEdit edit(Params p) {
    return p.state() == Presence.ABSENT
        ? new ConstraintRemoval(p.constraint(), p.id())
        : new ConstraintEdit(p.constraint().orElseThrow(), p.id());
  }
}
