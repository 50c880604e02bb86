package dev.hactl.engine.module;

/**
 * Why a host is not as wanted although the steps ended well.
 *
 * @param text what the operator reads; may have several lines, such as the end of a journal
 * @param hopeless whether waiting any longer is in vain
 */
public record Diagnosis(String text, boolean hopeless) {}
