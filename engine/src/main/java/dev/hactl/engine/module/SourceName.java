package dev.hactl.engine.module;

import java.util.function.Supplier;

/**
 * A name that means a file or folder of the controller, unless another parameter says that it is
 * one of the host.
 *
 * @param text as written, rendered
 * @param here finds it on the controller; throws a {@code SourceException} when it is not there
 */
public record SourceName(String text, Supplier<LocalSource> here) {}
