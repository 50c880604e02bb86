package dev.hactl.engine.module;

/**
 * A condition checked on the host right before the steps, in the same message.
 *
 * @param text a read-only shell text that exits 0 when the steps may run
 * @param refusal what is said when it does not; standard output of the text follows it
 */
public record Guard(String text, String refusal) {}
