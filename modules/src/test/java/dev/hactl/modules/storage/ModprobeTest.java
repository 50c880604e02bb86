package dev.hactl.modules.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModprobeTest {
  /** Linux 6.1. */
  private static final String MODULES =
      "modules~drbd 458752 2 - Live 0x0~lru_cache 16384 1 drbd, Live 0x0~ip_vs 20480 0 - Live 0x0~";

  private static String verdict(String yaml, String modules, String files, String about) {
    var texts = new HashMap<>(Map.of("modules", modules, "files", files, "about", about));
    texts.replaceAll((n, t) -> t.replace('~', '\n'));
    return new Seeing(texts).verdict(new Modprobe(), "{" + yaml + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name: drbd | tool | ``",
        "name: ip-vs | tool | ``",
        "name: ext4 | tool~builtin | ``",
        "name: ext4 | tool~there | ``",
        "name: drbd, state: absent | tool | refused: drbd is in use: 2 references",
        "name: lru_cache, state: absent | tool | refused: lru_cache is in use: 1 references, by drbd",
        "name: ip_vs, state: absent | tool | unload the kernel module ip_vs",
        "name: ip_vs, state: absent | none | blocked on command modprobe: there is no modprobe on this host (package kmod)",
        "name: ext4, state: absent | tool~builtin | impossible: ext4 is built into this kernel",
        "name: none, state: absent | tool | ``",
        "name: none | none | blocked on command modprobe: there is no modprobe on this host (package kmod)",
      })
  void theKernelTells(String yaml, String about, String expected) {
    assertEquals(expected, verdict(yaml, MODULES, "", about));
  }

  @Test
  void aKernelWithoutModulesLoadsNone() {
    assertEquals(
        "impossible: this kernel loads no modules, and drbd is not built into it",
        verdict("name: drbd", "", "", "tool"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "persistent: present | `` | load drbd at boot, by /etc/modules-load.d/hactl-drbd.conf",
        "persistent: present | /etc/modules:drbd~ | ``",
        "persistent: present | /etc/modules-load.d/x.conf:# y~/etc/modules-load.d/x.conf:drbd~ | ``",
        "persistent: present | /etc/modprobe.d/x.conf:drbd~ | load drbd at boot, by /etc/modules-load.d/hactl-drbd.conf",
        "persistent: present, params: a=1 b=2 | /etc/modules:drbd~/etc/modprobe.d/y.conf:options drbd b=2  a=1~ | ``",
        "persistent: present, params: a=1 | /etc/modules:drbd~/etc/modprobe.d/y.conf:options drbd a=2~ | keep the parameters of drbd in /etc/modprobe.d/zz-hactl-drbd.conf",
        "persistent: absent | /etc/modules:drbd~/etc/modules:x~/etc/modprobe.d/y.conf:options drbd a=2~ | take drbd from /etc/modprobe.d/y.conf; take drbd from /etc/modules",
        "persistent: absent | /etc/modules:x~ | ``",
        "persistent: disabled | `` | ``",
      })
  void filesLoadItAtBoot(String yaml, String files, String expected) {
    List<String> said = List.of(verdict("name: drbd, " + yaml, MODULES, files, "tool").split("; "));
    assertEquals(new TreeSet<>(List.of(expected.split("; "))), new TreeSet<>(said));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 | insmod /lib/modules/6.1/dummy.ko | load the kernel module dummy",
        "1 | modprobe: FATAL: Module dummy not found in directory /lib/modules/6.1 | blocked on kernel module dummy: the running kernel has no module dummy: modprobe: FATAL: Module dummy not found in directory /lib/modules/6.1",
      })
  void onlyWhatThisKernelHasIsLoaded(int status, String says, String expected) {
    var module = new Modprobe();
    ModuleWish wish = TaskText.bind(module, "{name: dummy, params: numdummies=2}");
    var state = new ModuleState(Optional.empty(), false, true, true, new TreeMap<>());
    var ask = (Decision.Ask<ModuleState, ?>) module.plan(wish, state);
    Decision<ModuleState> end = ask.answered(ask.probe().parser().apply(Answer.of(status, says)));
    assertEquals(expected, String.join("; ", Verdict.of(end)));
    if (status == 0) {
      assertEquals(List.of("modprobe -- dummy 'numdummies=2'"), Verdict.steps(Verdict.only(end)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{name: a b}", "{name: -r}", "{name: ../x}", "{name: a, params: '; rm'}"})
  void mistakesAreFoundBeforeAnyConnection(String yaml) {
    assertThrows(SourceException.class, () -> TaskText.bind(new Modprobe(), yaml));
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void everyShellLooks(LocalShell shell) {
    var module = new Modprobe();
    ModuleState seen =
        Seeing.here(shell, module.probe(TaskText.bind(module, "{name: no-such-module}")));
    assertTrue(!seen.present());
  }
}
