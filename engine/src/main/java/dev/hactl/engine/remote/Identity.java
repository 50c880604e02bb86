package dev.hactl.engine.remote;

import dev.hactl.engine.value.Secret;
import java.util.Optional;

/** As whom a shell on a host works; each identity of a host has one long-lived shell. */
public sealed interface Identity {

  /** The user the connection logged in as. */
  record Login() implements Identity {}

  /**
   * Another user, reached with sudo from the login user.
   *
   * @param user the target user
   * @param password the login user's sudo password; sent once, only when sudo asks for it
   */
  record Become(String user, Optional<Secret> password) implements Identity {}
}
