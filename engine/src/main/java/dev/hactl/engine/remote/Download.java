package dev.hactl.engine.remote;

/**
 * What a program of a host printed, as it was received.
 *
 * @param size how many bytes
 * @param sha256 their hash in lower-case hex, the same here and there
 */
public record Download(long size, String sha256) {}
