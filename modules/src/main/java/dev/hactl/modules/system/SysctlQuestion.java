package dev.hactl.modules.system;

/**
 * One kernel setting.
 *
 * @param path its file below /proc/sys
 * @param file where it is kept
 */
record SysctlQuestion(String path, String file) {}
