package dev.hactl.engine.remote;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Terminal modes as a pty request carries them. */
final class TerminalModes {
  /**
   * Every byte passes unchanged both ways: no echo, line editing, signals, flow control or newline
   * translation. Opcodes of RFC 4254 section 8, all switched off.
   */
  static final byte[] RAW = raw();

  private TerminalModes() {}

  private static byte[] raw() {
    ByteArrayOutputStream modes = new ByteArrayOutputStream();
    List<Integer> inputModes = List.of(30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41);
    List<Integer> localModes = List.of(50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62);
    List<Integer> outputModes = List.of(70, 71, 72, 73, 74, 75);
    for (List<Integer> group : List.of(inputModes, localModes, outputModes)) {
      for (int opcode : group) {
        modes.write(opcode);
        modes.writeBytes(new byte[4]);
      }
    }
    modes.write(0);
    return modes.toByteArray();
  }
}
