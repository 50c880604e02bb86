package dev.hactl.engine.run;

import dev.hactl.engine.model.ModuleNames;
import dev.hactl.engine.module.Field;
import dev.hactl.engine.module.Forms;
import dev.hactl.engine.module.Modules;
import java.util.Collection;
import java.util.TreeSet;

/** What the reader of playbooks asks of modules. */
final class NamesOfModules implements ModuleNames {
  private final Modules modules;
  private final Forms forms;
  private final Collection<String> callable;

  NamesOfModules(Modules modules, Forms forms) {
    this.modules = modules;
    this.forms = forms;
    this.callable = new TreeSet<>(modules.callable());
  }

  @Override
  public Collection<String> callable() {
    return callable;
  }

  @Override
  public String parameter(String module, String name) {
    return modules
        .find(module)
        .flatMap(m -> forms.of(m).field(name))
        .<String>map(Field::name)
        .orElse(name);
  }
}
