package dev.hactl.modules.pacemaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hactl.engine.source.SourceException;
import dev.hactl.lab.Proves;
import dev.hactl.modules.TaskText;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties, defaults and fencing devices. */
class PcsSettingsTest {
  static final List<Arguments> PROPERTIES =
      List.of(
          row("there already", "by-pcs", "{name: stonith-enabled, value: 'off'}"),
          row("by its newer name", "by-pcs", "{name: fencing-enabled, value: no}"),
          row(
              "another value",
              "by-pcs",
              "{name: stonith-enabled, value: true}",
              "~ property stonith-enabled  value: false → true"),
          row(
              "new ones",
              "fresh",
              "{properties: {no-quorum-policy: stop, stonith-timeout: 90s}}",
              "+ property no-quorum-policy value=stop",
              "+ property stonith-timeout value=90s"),
          row(
              "gone",
              "by-pcs",
              "{name: no-quorum-policy, state: absent}",
              "- property no-quorum-policy value=ignore"),
          row("gone already", "fresh", "{properties: {no-quorum-policy: ''}}"));

  static final List<Arguments> DEFAULTS =
      List.of(
          row(
              "the seed's, there already",
              "by-pcs",
              "{resource: {failure-timeout: 10, migration-threshold: 3, resource-stickiness: 1000000},"
                  + " operation: timeout=1min}"),
          row(
              "one more, one less",
              "by-pcs",
              "{resource: {priority: 1, failure-timeout: ''}}",
              "+ resource default priority value=1",
              "- resource default failure-timeout value=10s"),
          row(
              "in crmsh's set",
              "by-crmsh",
              "{resource: {resource-stickiness: 200}, operation: {timeout: 30s}}",
              "~ resource default resource-stickiness  value: 100 → 200"),
          row(
              "the first ones",
              "fresh",
              "{operation: {timeout: 60s}}",
              "+ operation default timeout value=60s"));

  static final List<Arguments> DEVICES =
      List.of(
          row(
              "there already",
              "by-pcs",
              "{name: fence1, agent: fence_ipmilan, options: {ip: 1.2.3.4, username: x, password: y,"
                  + " pcmk_host_list: master}, levels: {master: 1}}"),
          row(
              "a new one",
              "by-pcs",
              "{name: fence3, agent: 'stonith:fence_apc', options: {ip: 1.2.3.6, passwd: hidden,"
                  + " pcmk_host_list: slave}, levels: {slave: 2, master: 1}}",
              "+ primitive fence3 stonith:fence_apc ip=1.2.3.6 passwd=<secret> pcmk_host_list=slave"
                  + " op monitor interval=60s",
              "+ fencing-level fl-slave-2 index=2 devices=fence3 target=slave",
              "~ fencing-level fl-master-1  devices: fence1 → fence1,fence3"),
          row(
              "another password is not shown",
              "by-pcs",
              "{name: fence2, options: {ip: 1.2.3.5, username: x, password: z, pcmk_host_list: slave}}",
              "~ primitive fence2 stonith:fence_ipmilan  password: <secret> → <secret>"),
          row(
              "gone",
              "by-pcs",
              "{name: fence2, state: absent}",
              "- primitive fence2 stonith:fence_ipmilan ip=1.2.3.5 password=<secret>"
                  + " pcmk_host_list=slave username=x op monitor interval=60s"));

  private static Arguments row(String what, String sample, String yaml, String... lines) {
    return Arguments.of(what, sample, yaml, List.of(lines));
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("PROPERTIES")
  @Proves("S0-23")
  void properties(String what, String sample, String yaml, List<String> lines) {
    assertEquals(lines, CibTask.plan(new PcsProperty(), CibTask.sample(sample), yaml));
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("DEFAULTS")
  @Proves("S0-24")
  void defaults(String what, String sample, String yaml, List<String> lines) {
    assertEquals(lines, CibTask.plan(new PcsDefaults(), CibTask.sample(sample), yaml));
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("DEVICES")
  void devices(String what, String sample, String yaml, List<String> lines) {
    assertEquals(lines, CibTask.plan(new PcsStonith(), CibTask.sample(sample), yaml));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{name: a}",
        "{name: a, value: 1, state: absent}",
        "{name: a, value: 1, properties: {b: 1}}",
        "{name: maintenance-mode, value: false}",
        "{properties: {stop-all-resources: true}}",
        "{name: dc-version, state: absent}",
        "{name: stonith-watchdog-timeout, value: 10}",
      })
  void propertiesThatArePartOfNoPlaybook(String yaml) {
    assertThrows(SourceException.class, () -> TaskText.bind(new PcsProperty().form(), yaml));
  }
}
