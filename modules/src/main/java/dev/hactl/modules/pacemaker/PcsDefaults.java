package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.modules.cib.CibEdit;
import dev.hactl.modules.cib.DefaultsEdit;
import dev.hactl.modules.cib.Setting;
import java.util.List;
import java.util.stream.Stream;

/** What all resources and operations of a cluster have unless they say otherwise. */
@HactlModule("pcs_defaults")
public final class PcsDefaults implements CibModule<PcsDefaults.Params> {

  /** The wanted defaults; an empty value removes one. */
  public record Params(List<Setting> resources, List<Setting> operations) {}

  @Override
  public Manual manual() {
    return Manuals.of(
        "Manage defaults of resources and operations of a Pacemaker cluster",
        "Sets or removes what resources (resource-stickiness, migration-threshold, failure-timeout)"
            + " and operations (timeout, on-fail) have unless they say otherwise. Others stay as they"
            + " are, as do sets of defaults with a rule of their own.",
        Manual.Example.of(
            "Stay where you are",
            """
            - pcs_defaults:
                resource:
                  resource-stickiness: INFINITY
                  migration-threshold: 3
                  failure-timeout: 10s
                operation:
                  timeout: 60s
            """));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder().atLeastOne("resource", "operation");
    var resource =
        form.optional(
            "resource",
            SettingsType.TYPE,
            List.of(),
            "Meta attributes of resources; an empty value removes one.",
            "resources",
            "rsc");
    var operation =
        form.optional(
            "operation",
            SettingsType.TYPE,
            List.of(),
            "Settings of operations; an empty value removes one.",
            "operations",
            "op");
    return form.into(a -> new Params(a.get(resource), a.get(operation)));
  }

  @Override
  public CibEdit edit(Params p) {
    return CibEdit.all(
        Stream.of(
                new DefaultsEdit(DefaultsEdit.Kind.RESOURCES, p.resources()),
                new DefaultsEdit(DefaultsEdit.Kind.OPERATIONS, p.operations()))
            .filter(e -> !e.wanted().isEmpty())
            .toList());
  }
}
