package dev.purser.jdkhttp;

import dev.purser.http.MeterTap;
import dev.purser.http.OpenCall;

/** Sees an answer's bytes pass. For one thread at a time. */
interface Watch {

  /** Takes the next bytes. */
  void feed(byte[] bytes, int offset, int length);

  /** Takes the regular end. */
  void end();

  /** Takes the failure of the network, or the cutting of the call. */
  void fail(Throwable failure);

  /** Takes the caller's loss of interest. */
  void close();

  /** Returns one that meters. */
  static Watch metering(MeterTap tap) {
    return new Watch() {
      @Override
      public void feed(byte[] bytes, int offset, int length) {
        tap.feed(bytes, offset, length);
      }

      @Override
      public void end() {
        tap.end();
      }

      @Override
      public void fail(Throwable failure) {
        tap.fail(failure);
      }

      @Override
      public void close() {
        tap.close();
      }
    };
  }

  /** Returns one for an answer that is not metered; it only ends the call. */
  static Watch passing(OpenCall call) {
    return new Watch() {
      @Override
      public void feed(byte[] bytes, int offset, int length) {}

      @Override
      public void end() {
        call.release();
      }

      @Override
      public void fail(Throwable failure) {
        call.release();
      }

      @Override
      public void close() {
        call.release();
      }
    };
  }
}
