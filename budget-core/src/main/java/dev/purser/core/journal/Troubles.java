package dev.purser.core.journal;

/** Told of what befalls a journal, on a thread of the journal's own. */
public interface Troubles {

  /** Something is lost, or cannot be written from now on. */
  void happened(String what);

  /** The journal can be written again. */
  void over();
}
