package dev.hactl.engine.remote;

import java.io.IOException;

/** A way to start commands on one host: by SSH, or here. */
interface Transport extends AutoCloseable {

  /**
   * Starts a command through the login shell.
   *
   * @param command simple words and single-quoted strings only, so that any login shell parses it
   * @param terminal whether the command gets a terminal instead of pipes
   * @param sink where its output goes
   */
  Link open(String command, boolean terminal, Sink sink) throws UnreachableException;

  /** Ends all commands and the connection. */
  @Override
  void close();

  /** The command's side that we write to. */
  interface Link extends AutoCloseable {
    /** Writes all bytes and flushes. */
    void write(byte[] bytes) throws IOException;

    /** Ends the command's standard input. */
    void endInput() throws IOException;

    /** Ends the channel without waiting for the command. */
    @Override
    void close();
  }

  /** Receives a command's output on the reader's thread; must never block. */
  interface Sink {
    /** A piece of standard output. The array is only valid during the call. */
    void out(byte[] bytes, int from, int length);

    /** A piece of standard error. */
    void err(byte[] bytes, int from, int length);

    /**
     * Nothing more will come; called once.
     *
     * @param status exit status of the command, -1 when unknown
     * @param why what ended it, for messages
     */
    void closed(int status, String why);
  }
}
