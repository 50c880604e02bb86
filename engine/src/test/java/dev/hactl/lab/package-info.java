/**
 * Real hosts for tests: containers that run systemd and sshd, started through the scripts in {@code
 * lab/}.
 */
package dev.hactl.lab;
