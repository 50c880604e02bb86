package dev.hactl.modules.packages;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Mode;
import dev.hactl.engine.module.Types;
import dev.hactl.modules.packages.YumRepository.Kinds;
import dev.hactl.modules.packages.YumRepository.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A repository as a task describes it.
 *
 * @param name the section
 * @param path the file
 * @param absent whether it is to go
 * @param options what the section holds, in the order in which they are written
 * @param secret whether one of them must not be shown
 * @param owner of the file
 * @param group of the file
 * @param mode of the file
 */
public record YumRepositoryParams(
    String name,
    String path,
    boolean absent,
    SequencedMap<String, String> options,
    boolean secret,
    Optional<String> owner,
    Optional<String> group,
    Optional<Mode> mode) {

  /** The directory of the file. */
  String directory() {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }

  private enum State {
    PRESENT,
    ABSENT
  }

  private static final String FLAG = "Option of the same name, see yum.conf(5).";

  /** Options that are passed on as they are. */
  private static final List<String> TEXTS =
      List.of(
          "bandwidth",
          "cost",
          "deltarpm_metadata_percentage",
          "deltarpm_percentage",
          "failovermethod",
          "gpgcakey",
          "http_caching",
          "include",
          "ip_resolve",
          "keepcache",
          "metadata_expire",
          "metadata_expire_filter",
          "mirrorlist_expire",
          "priority",
          "proxy",
          "proxy_username",
          "retries",
          "sslcacert",
          "sslclientcert",
          "sslclientkey",
          "throttle",
          "timeout",
          "ui_repoid_vars",
          "username");

  private static final List<String> FLAGS =
      List.of(
          "async",
          "countme",
          "enablegroups",
          "keepalive",
          "module_hotfixes",
          "protect",
          "repo_gpgcheck",
          "s3_enabled",
          "skip_if_unavailable",
          "ssl_check_cert_permissions",
          "sslverify");

  static Form<YumRepositoryParams> form() {
    var form = Form.builder();
    var name = form.required("name", Types.NAME, "The repository's id, the section's name.");
    var state =
        form.optional(
            "state", Types.oneOf(State.class), State.PRESENT, "Whether the repository is there.");
    var file =
        form.optional("file", Types.NAME, "The file's name without .repo; the id when not given.");
    var dir =
        form.optional(
            "reposdir", Types.PATH, "The directory of the file; /etc/yum.repos.d when not given.");
    var settings = new LinkedHashMap<String, Form.Maybe<Setting>>();
    settings.put("name", form.optional("description", Kinds.TEXT, "What it is, in words."));
    settings.put(
        "baseurl",
        form.optional("baseurl", Kinds.LINES, "Where it is; file:// for a directory on the host."));
    settings.put("metalink", form.optional("metalink", Kinds.TEXT, "URL of a metalink file."));
    settings.put(
        "mirrorlist", form.optional("mirrorlist", Kinds.TEXT, "URL of a list of mirrors."));
    settings.put("enabled", form.optional("enabled", Kinds.FLAG, "Whether it is used."));
    settings.put(
        "gpgcheck", form.optional("gpgcheck", Kinds.FLAG, "Check signatures of packages."));
    settings.put("gpgkey", form.optional("gpgkey", Kinds.LINES, "URLs of the keys."));
    settings.put(
        "exclude",
        form.optional(
            "exclude", Kinds.TEXT, "Packages to leave out.", new String[] {"excludepkgs"}));
    settings.put("includepkgs", form.optional("includepkgs", Kinds.TEXT, "Only these packages."));
    TEXTS.forEach(t -> settings.put(t, form.optional(t, Kinds.TEXT, FLAG)));
    FLAGS.forEach(t ->
        settings.put(
            t,
            t.equals("sslverify")
                ? form.optional(t, Kinds.FLAG, FLAG, new String[] {"validate_certs"})
                : form.optional(t, Kinds.FLAG, FLAG)));
    settings.put("password", form.optional("password", Kinds.TEXT, "Password of username."));
    form.secret();
    settings.put(
        "proxy_password", form.optional("proxy_password", Kinds.TEXT, "Password of the proxy."));
    form.secret();
    var owner = form.optional("owner", Types.NAME, "Owner of the file.");
    var group = form.optional("group", Types.NAME, "Group of the file.");
    var mode = form.optional("mode", Types.MODE, "Permissions of the file; '0644' for a new one.");
    return form.into(a -> {
      var options = new LinkedHashMap<String, String>();
      boolean secret = false;
      for (Map.Entry<String, Form.Maybe<Setting>> entry : settings.entrySet()) {
        Optional<Setting> given = a.get(entry.getValue());
        given.ifPresent(s -> options.put(entry.getKey(), s.text()));
        secret |= given.filter(Setting::secret).isPresent();
      }
      String base = a.get(file).orElse(a.get(name));
      YumRepository.checkName(a.get(name));
      if (base.indexOf('/') >= 0) {
        throw new BadValue("file is a name, the directory is reposdir");
      }
      boolean absent = a.get(state) == State.ABSENT;
      if (!absent && !options.containsKey("name")) {
        throw new BadValue("a repository needs a description");
      }
      if (!absent
          && List.of("baseurl", "metalink", "mirrorlist").stream()
              .noneMatch(options::containsKey)) {
        throw new BadValue("a repository needs one of baseurl, metalink, mirrorlist");
      }
      return new YumRepositoryParams(
          a.get(name),
          a.get(dir).orElse("/etc/yum.repos.d")
              + "/"
              + base
              + (base.endsWith(".repo") ? "" : ".repo"),
          absent,
          options,
          secret,
          a.get(owner),
          a.get(group),
          a.get(mode));
    });
  }
}
