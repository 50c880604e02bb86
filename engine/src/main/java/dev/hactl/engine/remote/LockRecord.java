package dev.hactl.engine.remote;

import java.time.Instant;

/**
 * Who holds a host and why.
 *
 * @param run the run's identifier
 * @param user the person who started it
 * @param controller the machine it was started on
 * @param reason what it does, in one line
 * @param since when it got the lock, by the controller's clock
 */
public record LockRecord(
    String run, String user, String controller, String reason, Instant since) {}
