package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a host leaves the order of its play.
 *
 * @param result what the task came to
 * @param caught whether a rescue is to take the host up
 */
record Stumble(Task task, Value result, boolean caught) {
  static final String TASK = "ansible_failed_task";
  static final String RESULT = "ansible_failed_result";

  /** What a rescue may ask; the names are Ansible's. */
  Map<String, Value> names() {
    var described = new LinkedHashMap<String, Value>();
    described.put("name", Value.text(task.title()));
    described.put("module", Value.text(task.module()));
    described.put("action", Value.text(task.module()));
    return Map.of(TASK, Value.dict(described), RESULT, result);
  }

  /** The same names where it cannot be told what will have failed. */
  static Map<String, Value> unknown() {
    var why = new Value.Unknown("it is only known when a task of the block failed");
    return Map.of(TASK, why, RESULT, why);
  }
}
