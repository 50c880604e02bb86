package dev.hactl.modules.storage;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.List;

/** A directory that other hosts may mount by NFS. */
@HactlModule("nfs_export")
public final class NfsExport implements HostModule<NfsExport.Params, ExportState> {

  /** Whether it is exported. */
  enum State {
    PRESENT,
    ABSENT
  }

  /**
   * The wanted export.
   *
   * @param file the file that keeps it
   */
  record Params(String path, List<ExportClient> clients, boolean present, String file) {
    /** What a verdict rests on. */
    Thing[] things() {
      return new Thing[] {
        Thing.path(file), Thing.path("/var/lib/nfs/etab"), Thing.path(path).itself()
      };
    }
  }

  private static final Type.Plain<String> NAME =
      Types.NAME.map(
          "name",
          name -> {
            if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,100}")) {
              throw new BadValue("'" + name + "' is no name for a file of exports");
            }
            return name;
          });

  private static final Type.Plain<String> FILE =
      Types.PATH.map(
          "file of exports",
          path -> {
            if (!path.equals("/etc/exports")
                && !path.matches("/etc/exports\\.d/[^/.][^/]*\\.exports")) {
              throw new BadValue(
                  "'" + path + "' is not read by exportfs(8)",
                  "write /etc/exports or /etc/exports.d/NAME.exports");
            }
            return path;
          });

  @Override
  public Manual manual() {
    return Manual.state(
            "Export a directory by NFS",
            """
            Keeps one line in a file of exports(5), /etc/exports.d/NAME.exports by default, and \
            exports or unexports exactly this directory: 'exportfs -r' would also unexport what \
            the cluster exported on its own. Every other line keeps its bytes. What is exported is \
            read from /var/lib/nfs/etab, and compared with what is wanted as far as the table \
            shows it. Refused: a directory that an exportfs resource of the cluster exports, \
            because it would be open where the cluster does not want it. A directory that another \
            file of exports names is an error. Taking access away is disruptive.\
            """,
            Example.on(
                "mkdir -p /srv/share; systemctl start nfs-server",
                "A directory for two networks",
                """
                - nfs_export:
                    path: /srv/share
                    options: rw,sync,no_subtree_check
                    clients:
                      - 192.0.2.0/24
                      - client: 198.51.100.7
                        options: [ro, sync, no_subtree_check]
                """),
            Example.on(
                "mkdir -p /srv/old; systemctl start nfs-server;"
                    + " echo '/srv/old *(ro,sync,no_subtree_check)' >>/etc/exports; exportfs -a",
                "A directory that is no longer exported",
                """
                - nfs_export:
                    path: /srv/old
                    state: absent
                  allow: disruptive
                """))
        .testedOn(Manual.LabLevel.MACHINE)
        .returning(
            new Return("path", "the directory"),
            new Return("clients", "who may mount it now, with the options in force"));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var path = form.required("path", Types.PATH, "The directory.", "directory");
    var clients =
        form.optional(
            "clients",
            Types.listOf(ExportClient.TYPE),
            List.of(),
            "Who may mount it: HOST(OPTIONS), or 'client' and 'options'; a host, an address, a"
                + " network, a pattern or @netgroup. Needed unless absent.");
    var options =
        form.optional(
            "options", Types.NAMES, List.of(), "Options of clients that have none of their own.");
    var state =
        form.optional("state", Types.oneOf(State.class), State.PRESENT, "Whether it is exported.");
    var name =
        form.optional(
            "name", NAME, "The NAME of /etc/exports.d/NAME.exports; made of the path by default.");
    var file = form.optional("file", FILE, "The file that keeps it, instead of that one.");
    form.atMostOne("name", "file");
    return form.into(a -> {
      if (a.get(state) == State.PRESENT && a.get(clients).isEmpty()) {
        throw new BadValue("an export needs its 'clients'");
      }
      String made = a.get(path).substring(1).replaceAll("[^A-Za-z0-9_.-]", "-");
      return new Params(
          a.get(path),
          a.get(clients).stream().map(c -> c.with(a.get(options))).toList(),
          a.get(state) == State.PRESENT,
          a.get(file)
              .orElseGet(() ->
                  "/etc/exports.d/"
                      + a.get(name).orElse(made.isEmpty() ? "root" : made)
                      + ".exports"));
    });
  }

  @Override
  public Probe<ExportState> probe(Params p) {
    return ExportState.probe();
  }

  @Override
  public Decision<ExportState> plan(Params p, ExportState now) {
    return new ExportPlan(p, now).decide();
  }

  @Override
  public Value.Dict result(Params p, ExportState now) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("path", Value.text(p.path()));
    fields.put(
        "clients", Value.texts(now.served(p.path()).stream().map(ExportClient::show).toList()));
    return new Value.Dict(fields);
  }
}
