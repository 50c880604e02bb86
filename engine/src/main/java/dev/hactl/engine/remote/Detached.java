package dev.hactl.engine.remote;

import java.util.Optional;

/**
 * A step that goes on without anybody listening: it outlived its controller or its link, or was
 * started to go on by itself.
 *
 * @param run the run that started it
 * @param id the fragment's number in that run's directory on the host
 * @param directory where its output and status are kept on the host
 * @param running whether it still runs
 * @param task what it is called, when it was started to go on by itself
 */
public record Detached(
    String run, String id, String directory, boolean running, Optional<String> task) {}
