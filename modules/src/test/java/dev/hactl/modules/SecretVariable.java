package dev.hactl.modules;

import dev.hactl.engine.run.RunOptions;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Precedence;
import java.util.List;
import java.util.Map;

/**
 * A variable whose value must never be shown, as {@code -e} gives it.
 *
 * @param value what nothing else would hold by chance
 */
public record SecretVariable(String name, String value) {

  /** The options of a run that knows it, and tells differences. */
  public RunOptions given(RunOptions options) {
    Layer secret =
        Layer.ready(
            Precedence.EXTRA, "-e", Place.of("-e"), Map.of(name, new Value.Text(value, true)));
    return options.withDiff().given(List.of(secret));
  }
}
