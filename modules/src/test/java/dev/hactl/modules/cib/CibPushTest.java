package dev.hactl.modules.cib;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.module.Answer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class CibPushTest {
  private static final CibPatch PATCH = new CibPatch(new CibVersion(0, 7, 3), List.of());

  static final List<Arguments> OUTCOMES =
      List.of(
          Arguments.of(0, "pushed 0.8.0\n", "", pushed(0, 8, 0)),
          Arguments.of(0, "pushed 0.8.2\n", "", pushed(0, 8, 2)),
          Arguments.of(0, "pushed\n", "", pushed(0, 8, 0)),
          Arguments.of(75, "moved 1.2.3\n", "", new CibPush.Outcome.Moved(new CibVersion(1, 2, 3))),
          Arguments.of(
              76,
              "",
              "Call failed: Update does not conform to the configured schema\n",
              failed("Call failed: Update does not conform to the configured schema")),
          Arguments.of(
              76,
              "",
              "Could not connect to the CIB: Transport endpoint is not connected\nInit failed\n",
              failed(
                  "Could not connect to the CIB: Transport endpoint is not connected; Init failed")),
          Arguments.of(
              77,
              "",
              "",
              failed(
                  "the cluster's status changed faster than its configuration could be written")),
          Arguments.of(127, "", "", failed("cibadmin failed with exit status 127")));

  private static CibPush.Outcome pushed(long admin, long epoch, long updates) {
    return new CibPush.Outcome.Pushed(new CibVersion(admin, epoch, updates));
  }

  private static CibPush.Outcome failed(String why) {
    return new CibPush.Outcome.Failed(why);
  }

  @ParameterizedTest
  @FieldSource("OUTCOMES")
  void outcomes(int status, String out, String error, CibPush.Outcome outcome) {
    assertEquals(outcome, CibPush.read(Answer.of(status, out), error, PATCH));
  }
}
