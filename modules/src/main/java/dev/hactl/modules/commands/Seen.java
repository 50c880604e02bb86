package dev.hactl.modules.commands;

/**
 * What was seen before a command would run; parts that were not asked for are true.
 *
 * @param directory whether the directory to run in is there
 * @param created whether the result of the command is there
 * @param removable whether the thing that the command removes is there
 * @param checked whether the author's check says that it is already done; false when there is none
 */
record Seen(boolean directory, boolean created, boolean removable, boolean checked) {}
