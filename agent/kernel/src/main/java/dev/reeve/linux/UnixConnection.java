package dev.reeve.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * One accepted connection, spoken in lines of UTF-8. One thread reads and one writes at a time; any
 * may close, which wakes them. Waiting does not hold the carrier of a virtual thread.
 */
public final class UnixConnection implements AutoCloseable {
  /** The longest line that is read, in bytes. */
  public static final int LONGEST_LINE = 64 * 1024;

  private static final int NO_SIGNAL_DO_NOT_WAIT = 0x4040;
  private static final int DO_NOT_WAIT = 0x40;
  private static final int CHUNK = 4096;

  private final Libc libc;
  private final Descriptor descriptor;
  private final PeerCredentials credentials;
  private final Optional<Pidfd> process;
  private byte[] pending = new byte[0];

  UnixConnection(
      Libc libc, Descriptor descriptor, PeerCredentials credentials, Optional<Pidfd> process) {
    this.libc = libc;
    this.descriptor = descriptor;
    this.credentials = credentials;
    this.process = process;
  }

  /** Who connected. */
  public PeerCredentials credentials() {
    return credentials;
  }

  /**
   * A handle on the process that connected, opened at accept and closed with this connection. Empty
   * when there is none to be sure of; whoever must know who speaks refuses such a peer.
   */
  public Optional<Pidfd> process() {
    return process;
  }

  /**
   * The next line without its end ({@code \n} or {@code \r\n}); empty when the peer has closed
   * after a whole line.
   *
   * @param atMost the time for the whole line, however slowly it drips
   * @throws SocketTimeoutException when the time is over; the part that came is kept for the next
   *     call
   * @throws LineTooLongException when no end came within {@link #LONGEST_LINE} bytes; only closing
   *     is left
   * @throws EOFException when the peer has closed within a line
   * @throws CharacterCodingException when the line is not UTF-8
   */
  public Optional<String> readLine(Duration atMost) throws IOException {
    Deadline deadline = Deadline.in(libc, atMost);
    int searched = 0;
    while (true) {
      int end = indexOfNewline(searched);
      if (end >= 0) {
        return Optional.of(takeLine(end));
      }
      searched = pending.length;
      if (searched > LONGEST_LINE) {
        throw new LineTooLongException(LONGEST_LINE);
      }
      if (!descriptor.await(Descriptor.READABLE, deadline)) {
        throw new SocketTimeoutException("no whole line within " + atMost);
      }
      if (!receive()) {
        if (searched == 0) {
          return Optional.empty();
        }
        throw new EOFException("the peer closed within a line");
      }
    }
  }

  /**
   * Writes a text; the caller puts the ends of lines into it.
   *
   * @throws SocketTimeoutException when the peer does not take all of it in time
   */
  public void write(String text, Duration atMost) throws IOException {
    Deadline deadline = Deadline.in(libc, atMost);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment all = arena.allocateFrom(JAVA_BYTE, bytes);
      long sent = 0;
      while (sent < bytes.length) {
        MemorySegment rest = all.asSlice(sent);
        long answer = descriptor.use(fd -> libc.send(fd, rest, NO_SIGNAL_DO_NOT_WAIT));
        if (answer >= 0) {
          sent += answer;
        } else if (answer == -Errno.EAGAIN) {
          if (!descriptor.await(Descriptor.WRITABLE, deadline)) {
            throw new SocketTimeoutException("the peer did not read within " + atMost);
          }
        } else if (answer != -Errno.EINTR) {
          throw new LinuxException("send", (int) -answer, "to " + credentials);
        }
      }
    }
  }

  private int indexOfNewline(int from) {
    for (int i = from; i < pending.length; i++) {
      if (pending[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private String takeLine(int end) throws IOException {
    if (end > LONGEST_LINE) {
      throw new LineTooLongException(LONGEST_LINE);
    }
    byte[] line = pending;
    pending = Arrays.copyOfRange(line, end + 1, line.length);
    int length = end > 0 && line[end - 1] == '\r' ? end - 1 : end;
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(line, 0, length))
        .toString();
  }

  /** False at the end of what the peer sends. */
  private boolean receive() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment into = arena.allocate(CHUNK);
      long answer = descriptor.use(fd -> libc.recv(fd, into, DO_NOT_WAIT));
      if (answer == -Errno.EAGAIN || answer == -Errno.EINTR) {
        return true;
      }
      if (answer < 0) {
        throw new LinuxException("recv", (int) -answer, "from " + credentials);
      }
      int before = pending.length;
      pending = Arrays.copyOf(pending, before + (int) answer);
      MemorySegment.copy(into, JAVA_BYTE, 0, pending, before, (int) answer);
      return answer > 0;
    }
  }

  @Override
  public void close() {
    descriptor.shutdownAndClose();
    process.ifPresent(Pidfd::close);
  }
}
