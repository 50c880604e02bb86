/**
 * Real hosts for tests: containers that run systemd and sshd, started through the scripts in {@code
 * lab/} ({@link dev.hactl.lab.LabHost}), and bare OpenSSH servers in namespaces of this machine,
 * which start in a tenth of a second ({@link dev.hactl.lab.LoopbackHost}).
 */
package dev.hactl.lab;
