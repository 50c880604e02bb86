package dev.hactl.modules.storage;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A module of the kernel. */
@HactlModule("modprobe")
public final class Modprobe implements HostModule<ModuleWish, ModuleState> {

  /** Whether it is loaded. */
  enum State {
    PRESENT,
    ABSENT
  }

  /** Whether it is loaded at boot. */
  enum Persistent {
    DISABLED,
    PRESENT,
    ABSENT
  }

  private static final Type.Plain<String> NAME =
      Types.NAME.map(
          "kernel module",
          name -> {
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]*")) {
              throw new BadValue("'" + name + "' is not the name of a kernel module");
            }
            return name;
          });

  private static final Type.Plain<List<String>> PARAMETERS =
      Types.NAME.map(
          "parameters",
          text -> {
            List<String> words =
                text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
            for (String word : words) {
              if (!word.matches("[A-Za-z0-9_.-]+(=.*)?")) {
                throw new BadValue("'" + word + "' is not a parameter of a module");
              }
            }
            return words;
          });

  @Override
  public Manual manual() {
    return Manual.state(
            "Load or unload a module of the kernel",
            """
            What is built into the kernel counts as present, and dashes and underscores mean the \
            same (modprobe(8)). With 'persistent: present' the module is also loaded at boot: by a \
            file of modules-load.d(5), its parameters in one of modprobe.d(5); lines that others \
            wrote there count, and the files have names of their own, because one named as a \
            vendor's would replace it; the parameters are read last (zz-hactl-NAME.conf), because \
            the last value counts. 'persistent: absent' takes those lines away, 'disabled' leaves them \
            alone. Parameters count when the module is loaded; one that is loaded already keeps \
            those it has. Unloading a module that is in use is refused, and says by whom.\
            """,
            Example.of(
                "DRBD, now and after a boot",
                """
                - modprobe:
                    name: drbd
                    persistent: present
                """),
            Example.on(
                "echo dummy >/etc/modules-load.d/old.conf; modprobe dummy",
                "A module that is no longer needed",
                """
                - modprobe:
                    name: dummy
                    state: absent
                    persistent: absent
                """),
            Example.of(
                "With parameters",
                """
                - modprobe:
                    name: dummy
                    params: numdummies=2
                    persistent: present
                """))
        .testedOn(Manual.LabLevel.MACHINE)
        .returning(
            new Return("name", "the module"),
            new Return("loaded", "whether it is loaded or built in"),
            new Return("persistent", "whether it is loaded at boot"));
  }

  @Override
  public Form<ModuleWish> form() {
    var form = Form.builder().freeForm("name");
    var name = form.required("name", NAME, "The module.");
    var state =
        form.optional("state", Types.oneOf(State.class), State.PRESENT, "Whether it is loaded.");
    var params =
        form.optional("params", PARAMETERS, List.of(), "What it is loaded with, as NAME=VALUE ...");
    var persistent =
        form.optional(
            "persistent",
            Types.oneOf(Persistent.class),
            Persistent.DISABLED,
            "Whether it is loaded at boot; disabled leaves that alone.");
    return form.into(a ->
        new ModuleWish(
            a.get(name),
            a.get(params),
            a.get(state) == State.PRESENT,
            switch (a.get(persistent)) {
              case DISABLED -> Optional.empty();
              case PRESENT -> Optional.of(true);
              case ABSENT -> Optional.of(false);
            }));
  }

  @Override
  public Probe<ModuleState> probe(ModuleWish wish) {
    return ModuleState.probe(wish);
  }

  @Override
  public Decision<ModuleState> plan(ModuleWish wish, ModuleState now) {
    return new ModulePlan(wish, now).decide();
  }

  @Override
  public Value.Dict result(ModuleWish wish, ModuleState now) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("name", Value.text(wish.name()));
    fields.put("loaded", Value.bool(now.present()));
    fields.put("persistent", Value.bool(now.listed(wish.name())));
    return new Value.Dict(fields);
  }
}
