package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.cib.Setting;
import java.util.List;
import java.util.Optional;

/**
 * Whether something is cloned, and with which attributes.
 *
 * @param wanted false when it must not be
 * @param meta attributes of the clone, when given
 */
record CloneWish(boolean wanted, Optional<List<Setting>> meta) {

  /** True, false, or the clone's attributes. */
  static final Type.Plain<CloneWish> TYPE =
      Types.plain("boolean or mapping of settings", "", CloneWish::read);

  private static CloneWish read(Value value) {
    if (value instanceof Value.Dict || value instanceof Value.Items) {
      return new CloneWish(true, Optional.of(SettingsType.read(value)));
    }
    try {
      return new CloneWish(Types.BOOL.convert().apply(value), Optional.empty());
    } catch (BadValue e) {
      return new CloneWish(true, Optional.of(SettingsType.read(value)));
    }
  }
}
