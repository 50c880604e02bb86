package dev.hactl.cli;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;

/** A playbook that works with encrypted values and files in every way. */
abstract class VaultPlays extends VaultRuns {
  @BeforeEach
  void project() throws IOException {
    seal(
        "group_vars/all.yml",
        "default",
        DEV,
        "db_password: hunter2-grünes\ndb_port: 48123\nurl: pg://${db_password}@db\n");
    seal("files/key.pem", "default", DEV, "KEY-MATERIAL-99\nsecond\n");
    seal("templates/secret.ftl", "prod", PROD, "pw=${db_password}\nfixed-secret-55\n");
    write("templates/outer.ftl", "begin\n<#include \"secret.ftl\">");
    seal("files/setup.sh", "default", DEV, "#!/bin/sh\necho KEY-MATERIAL-99\n");
    play(
        """
          tasks:
            - name: text
              copy: {content: "${token} ${url}\\n", dest: DIR/text, mode: '0600'}
            - name: key
              copy: {src: key.pem, dest: DIR/key, mode: '0600'}
            - name: template
              template: {src: secret.ftl, dest: DIR/template, mode: '0600'}
            - name: included
              template: {src: outer.ftl, dest: DIR/included, mode: '0600'}
            - name: shell
              shell: cat DIR/key; echo inline-tok-77 ${db_port}; cat DIR/template
              register: said
            - name: innocent
              shell: cat DIR/key DIR/text DIR/included
              register: read
            - name: script
              script: setup.sh
              register: printed
            - debug: {var: said}
            - debug: {var: read}
            - debug: {var: printed}
            - debug: {msg: "${token} ${url} ${db_port} ${token?upper_case?lower_case}"}
            - set_fact: {again: "${token}"}
            - debug: {msg: "${again} ${hostvars.n1.db_password}"}
            - name: fails with ${token}
              shell: cat DIR/key >&2; exit 3
              ignore_errors: true
            - assert: {that: ["token == 'x'"], fail_msg: "it is ${token}"}
              ignore_errors: true
        """);
  }

  /** Writes the rest of a play whose variables hold a token. */
  void play(String body) throws IOException {
    write(
        "site.yml",
        ("- hosts: n1\n  gather_facts: false\n  vars:\n    token: "
                + inline("prod", PROD, "inline-tok-77")
                + "\n"
                + body)
            .replace("DIR", folder.toString()));
  }
}
