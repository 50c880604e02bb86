package dev.hactl.modules.files;

import dev.hactl.engine.module.Mode;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** File states as {@code register} sees them, under Ansible's names. */
final class StatResult {
  private StatResult() {}

  /** The few fields that every file module returns. */
  static void attributes(Map<String, Value> result, FileState state) {
    Stat stat = state.stat();
    result.put("path", Value.text(state.path()));
    result.put("state", Value.text(word(state)));
    if (state.exists()) {
      result.put("owner", Value.text(stat.owner()));
      result.put("group", Value.text(stat.group()));
      result.put("uid", Value.number(stat.uid()));
      result.put("gid", Value.number(stat.gid()));
      result.put("mode", Value.text(Mode.digits(stat.mode())));
      result.put("size", Value.number(stat.size()));
    }
  }

  private static String word(FileState state) {
    return switch (state.kind()) {
      case ABSENT, UNREADABLE -> "absent";
      case FILE, OTHER -> "file";
      case DIRECTORY -> "directory";
      case LINK -> "link";
    };
  }

  /** Everything that the stat module returns. */
  static Value.Dict full(FileState state) {
    var result = new LinkedHashMap<String, Value>();
    result.put("exists", Value.bool(state.exists()));
    if (!state.exists()) {
      return new Value.Dict(result);
    }
    Stat stat = state.stat();
    result.put("path", Value.text(state.path()));
    result.put("mode", Value.text(Mode.digits(stat.mode())));
    put(result, "isdir", stat.type() == 'd');
    put(result, "ischr", stat.type() == 'c');
    put(result, "isblk", stat.type() == 'b');
    put(result, "isreg", stat.type() == '-');
    put(result, "isfifo", stat.type() == 'p');
    put(result, "islnk", stat.type() == 'l');
    put(result, "issock", stat.type() == 's');
    result.put("uid", Value.number(stat.uid()));
    result.put("gid", Value.number(stat.gid()));
    result.put("pw_name", Value.text(stat.owner()));
    result.put("gr_name", Value.text(stat.group()));
    result.put("size", Value.number(stat.size()));
    result.put("inode", Value.number(stat.inode()));
    result.put("dev", Value.number(stat.device()));
    result.put("nlink", Value.number(stat.links()));
    result.put("atime", Value.number(stat.atime()));
    result.put("mtime", Value.number(stat.mtime()));
    result.put("ctime", Value.number(stat.ctime()));
    result.put("blocks", Value.number(stat.blocks()));
    result.put("block_size", Value.number(stat.blockSize()));
    permissions(result, stat.mode());
    state.target().ifPresent(target -> result.put("lnk_target", Value.text(target)));
    state.resolved().ifPresent(source -> result.put("lnk_source", Value.text(source)));
    state.hash().ifPresent(hash -> result.put("checksum", Value.text(hash)));
    return new Value.Dict(result);
  }

  private static void permissions(Map<String, Value> result, int mode) {
    String[] names = {
      "xoth", "woth", "roth", "xgrp", "wgrp", "rgrp", "xusr", "wusr", "rusr", "", "isgid", "isuid"
    };
    for (int bit = 0; bit < names.length; bit++) {
      if (!names[bit].isEmpty()) {
        put(result, names[bit], (mode & (1 << bit)) != 0);
      }
    }
  }

  private static void put(Map<String, Value> result, String name, boolean value) {
    result.put(name, Value.bool(value));
  }
}
