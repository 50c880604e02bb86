package dev.hactl.modules.system;

import java.util.List;

/**
 * What is asked about accounts.
 *
 * @param user a user; empty for none
 * @param groups groups, by name or number
 * @param shadow whether the user's password and expiry matter
 */
record AccountQuestion(String user, List<String> groups, boolean shadow) {
  AccountQuestion {
    groups = List.copyOf(groups);
  }
}
