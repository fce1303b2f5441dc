package dev.reeve.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The C functions that this package calls. Each answers as the kernel does: the result, or the
 * error number negated.
 *
 * <p>Functions of the C library are used rather than raw calls, because the numbers of most calls
 * differ between x86_64 and aarch64; those of pidfd are the same, and old C libraries do not know
 * them.
 */
@SuppressWarnings("restricted") // this is the one place that is meant to
final class Libc {
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final FunctionDescriptor INTS_2 =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT);
  private static final FunctionDescriptor INT_ADDRESS_INT =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final FunctionDescriptor TRANSFER =
      FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

  private final Linker linker = Linker.nativeLinker();

  private final MethodHandle socket =
      link("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private final MethodHandle bind = link("bind", INT_ADDRESS_INT);
  private final MethodHandle connect = link("connect", INT_ADDRESS_INT);
  private final MethodHandle listen = link("listen", INTS_2);
  private final MethodHandle accept4 =
      link("accept4", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
  private final MethodHandle getsockopt =
      link(
          "getsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private final MethodHandle shutdown = link("shutdown", INTS_2);
  private final MethodHandle close = link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private final MethodHandle poll =
      link("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private final MethodHandle recv = link("recv", TRANSFER);
  private final MethodHandle send = link("send", TRANSFER);
  private final MethodHandle open =
      link(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private final MethodHandle fsync = link("fsync", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private final MethodHandle clockGettime =
      link("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private final MethodHandle syscall =
      link(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));

  private Libc() {}

  /** Looks every function up. */
  static Libc load() {
    String system = System.getProperty("os.name", "");
    String machine = System.getProperty("os.arch", "");
    if (!system.equals("Linux")) {
      throw new LinuxUnavailable("this is " + system + ", not Linux");
    }
    if (!machine.equals("amd64") && !machine.equals("aarch64")) {
      throw new LinuxUnavailable("the machine is " + machine + ", neither x86_64 nor aarch64");
    }
    try {
      return new Libc();
    } catch (IllegalCallerException | UnsupportedOperationException | IllegalArgumentException e) {
      throw new LinuxUnavailable("the C library cannot be called: " + e.getMessage(), e);
    }
  }

  private MethodHandle link(String name, FunctionDescriptor descriptor, Linker.Option... options) {
    MemorySegment symbol =
        linker
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new LinuxUnavailable("the C library has no function " + name));
    Linker.Option[] all = new Linker.Option[options.length + 1];
    all[0] = Linker.Option.captureCallState("errno");
    System.arraycopy(options, 0, all, 1, options.length);
    return linker.downcallHandle(symbol, descriptor, all);
  }

  int socket(int domain, int type) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) socket.invokeExact(state, domain, type, 0), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  int bind(int fd, MemorySegment address) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) bind.invokeExact(state, fd, address, (int) address.byteSize()), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  int connect(int fd, MemorySegment address) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) connect.invokeExact(state, fd, address, (int) address.byteSize()), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  int listen(int fd, int backlog) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) listen.invokeExact(state, fd, backlog), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  int accept(int fd, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment none = MemorySegment.NULL;
      return result((int) accept4.invokeExact(state, fd, none, none, flags), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** Reads an option of SOL_SOCKET into all of {@code into}; the answer is its length. */
  int getsockopt(int fd, int option, MemorySegment into) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment length = arena.allocateFrom(JAVA_INT, (int) into.byteSize());
      int answer = (int) getsockopt.invokeExact(state, fd, 1, option, into, length);
      return answer < 0 ? result(answer, state) : length.get(JAVA_INT, 0);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  int shutdown(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) shutdown.invokeExact(state, fd, 2), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** Never tried again: on Linux the descriptor is free even after EINTR. */
  int close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) close.invokeExact(state, fd), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /**
   * The events that came on one descriptor, 0 after the time is over; a negative time waits for
   * ever.
   */
  int poll(int fd, short events, int millis) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment request =
          arena.allocate(8, 4); // struct pollfd: int fd, short events, short revents
      request.set(JAVA_INT, 0, fd);
      request.set(JAVA_SHORT, 4, events);
      int answer = (int) poll.invokeExact(state, request, 1L, millis);
      return answer <= 0 ? result(answer, state) : request.get(JAVA_SHORT, 6) & 0xffff;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long recv(int fd, MemorySegment into, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((long) recv.invokeExact(state, fd, into, into.byteSize(), flags), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long send(int fd, MemorySegment from, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((long) send.invokeExact(state, fd, from, from.byteSize(), flags), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  int open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) open.invokeExact(state, arena.allocateFrom(path), flags), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  int fsync(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) fsync.invokeExact(state, fd), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long nanos(int clock) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment time = arena.allocate(16, 8); // struct timespec: two 64-bit numbers
      int answer = (int) clockGettime.invokeExact(state, clock, time);
      if (answer < 0) {
        throw new LinuxUnavailable(
            "clock " + clock + ": " + Errno.describe(-result(answer, state)));
      }
      return time.get(JAVA_LONG, 0) * 1_000_000_000L + time.get(JAVA_LONG, 8);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long syscall(long number, long first, long second) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((long) syscall.invokeExact(state, number, first, second, 0L, 0L), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static int result(int answer, MemorySegment state) {
    return answer == -1 ? -(int) ERRNO.get(state, 0L) : answer;
  }

  private static long result(long answer, MemorySegment state) {
    return answer == -1 ? -(int) ERRNO.get(state, 0L) : answer;
  }

  private static RuntimeException broken(Throwable e) {
    return switch (e) {
      case RuntimeException runtime -> runtime;
      case Error error -> throw error;
      default -> new IllegalStateException("a downcall threw", e);
    };
  }
}
