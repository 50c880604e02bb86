package dev.hactl.engine.remote;

/**
 * A protected step that outlived its controller or its link.
 *
 * @param run the run that started it
 * @param id the fragment's number in that run's directory on the host
 * @param directory where its output and status are kept on the host
 * @param running whether it still runs
 */
public record Detached(String run, String id, String directory, boolean running) {}
