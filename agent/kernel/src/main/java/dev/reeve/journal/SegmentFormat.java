package dev.reeve.journal;

import dev.reeve.journal.Stamps.Stamp;
import dev.reeve.json.Json;
import dev.reeve.json.JsonException;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// The bytes of headers and records, as the package says.
final class SegmentFormat {
  static final int VERSION = 2;
  static final int HEADER_BYTES = 64;
  static final int FRAME_BYTES = 80;
  static final int MAX_PAYLOAD_BYTES = 1 << 20;
  static final int MAX_CHECKPOINT_BYTES = 64 << 20;

  static final byte[] MAGIC = "REEVEJNL".getBytes(StandardCharsets.US_ASCII);

  private static final int VERSION_OFFSET = 8;
  private static final int HEADER_CRC_OFFSET = HEADER_BYTES - 4;
  private static final int CRC_OFFSET = 4;
  private static final int SEQUENCE_OFFSET = 8;
  private static final int MOST_BEFORE_STATE = 120;
  private static final Pattern BEFORE_STATE =
      Pattern.compile(
          "\\{\"type\":\"checkpoint\",\"version\":[0-9]{1,10},\"data\":\\{\"kept_from\":([0-9]{1,18}),");
  private static final Pattern NAME = Pattern.compile("journal-([0-9]{10})\\.rj");
  private static final JsonReader PAYLOADS = JsonReader.STRICT.withMaxLength(MAX_CHECKPOINT_BYTES);

  private SegmentFormat() {}

  static String fileName(long number) {
    return String.format(Locale.ROOT, "journal-%010d.rj", number);
  }

  static OptionalLong number(String fileName) {
    Matcher matcher = NAME.matcher(fileName);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  static byte[] header(SegmentHeader header) {
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES);
    out.put(MAGIC).putInt(header.version());
    out.putLong(header.number()).putLong(header.firstSequence());
    out.put(header.previous().bytes());
    out.putInt(crc(out.array(), 0, HEADER_CRC_OFFSET));
    return out.array();
  }

  static boolean hasMagic(byte[] segment) {
    return segment.length >= MAGIC.length
        && Arrays.equals(segment, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /// The format version; only where [#hasMagic] and the bytes are there.
  static int version(byte[] segment) {
    return ByteBuffer.wrap(segment).getInt(VERSION_OFFSET);
  }

  /// Empty if the header is cut or its checksum wrong.
  static Optional<SegmentHeader> header(byte[] segment) {
    if (segment.length < HEADER_BYTES || !hasMagic(segment)) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(segment);
    if (in.getInt(HEADER_CRC_OFFSET) != crc(segment, 0, HEADER_CRC_OFFSET)) {
      return Optional.empty();
    }
    in.position(VERSION_OFFSET);
    return Optional.of(new SegmentHeader(in.getInt(), in.getLong(), in.getLong(), hash(in)));
  }

  /// How much of a segment is something: the rest is room for records to come. No record ends with
  /// a zero, because each ends with the brace of its payload.
  static int contentLength(byte[] segment) {
    int length = segment.length;
    while (length > HEADER_BYTES && segment[length - 1] == 0) {
      length--;
    }
    return length;
  }

  static byte[] payload(JournalEntry entry) {
    byte[] payload =
        Json.writeBytes(
            Json.object()
                .put("type", entry.type())
                .put("version", entry.version())
                .put("data", entry.json())
                .build());
    int most =
        entry.type().equals(JournalCheckpoint.TYPE) ? MAX_CHECKPOINT_BYTES : MAX_PAYLOAD_BYTES;
    if (payload.length > most) {
      throw new IllegalArgumentException(
          "an entry of " + payload.length + " bytes; the limit is " + most);
    }
    return payload;
  }

  static byte[] record(ChainHead head, Stamp stamp, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(FRAME_BYTES + payload.length);
    out.putInt(payload.length).putInt(0).putLong(head.sequence() + 1);
    out.putLong(stamp.wallMillis());
    out.putLong(stamp.bootId().getMostSignificantBits());
    out.putLong(stamp.bootId().getLeastSignificantBits());
    out.putLong(stamp.bootNanos());
    out.put(head.hash().bytes()).put(payload);
    out.putInt(CRC_OFFSET, recordCrc(out.array(), 0, payload.length));
    return out.array();
  }

  /// Whether a whole record with the right checksum begins here.
  static boolean isRecord(byte[] segment, int offset) {
    if (segment.length - offset < FRAME_BYTES) {
      return false;
    }
    ByteBuffer in = ByteBuffer.wrap(segment);
    int length = in.getInt(offset);
    return length >= 0
        && length <= MAX_CHECKPOINT_BYTES
        && length <= segment.length - offset - FRAME_BYTES
        && in.getInt(offset + CRC_OFFSET) == recordCrc(segment, offset, length);
  }

  static int recordBytes(byte[] segment, int offset) {
    return FRAME_BYTES + ByteBuffer.wrap(segment).getInt(offset);
  }

  static long sequence(byte[] segment, int offset) {
    return ByteBuffer.wrap(segment).getLong(offset + SEQUENCE_OFFSET);
  }

  /// The hash that the record at an offset gives for the one before it.
  static Hash previous(byte[] segment, int offset) {
    return hash(ByteBuffer.wrap(segment).position(offset + FRAME_BYTES - Hash.BYTES));
  }

  /// The record at an offset where [#isRecord]; empty if its payload is not what it should be.
  static Optional<JournalRecord> record(byte[] segment, int offset) {
    int end = offset + recordBytes(segment, offset);
    try {
      return record(
          ByteBuffer.wrap(segment).position(offset + SEQUENCE_OFFSET),
          PAYLOADS.readObject(Arrays.copyOfRange(segment, offset + FRAME_BYTES, end)));
    } catch (JsonException _) {
      return Optional.empty();
    }
  }

  private static Optional<JournalRecord> record(ByteBuffer frame, JsonObject payload) {
    Optional<String> type = payload.text("type");
    OptionalLong version = payload.whole("version");
    Optional<JsonObject> data = payload.object("data");
    if (type.isEmpty() || version.isEmpty() || data.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JournalRecord(
            frame.getLong(),
            frame.getLong(),
            new UUID(frame.getLong(), frame.getLong()),
            frame.getLong(),
            type.get(),
            Math.clamp(version.getAsLong(), 0, Integer.MAX_VALUE),
            data.get()));
  }

  /// What the checkpoint at an offset where [#isRecord] says is kept; empty if it is none. Its
  /// state may be large, and is read by whoever needs it.
  static Optional<Long> keptFrom(byte[] segment, int offset) {
    int begin = offset + FRAME_BYTES;
    int end = Math.min(offset + recordBytes(segment, offset), begin + MOST_BEFORE_STATE);
    Matcher matcher =
        BEFORE_STATE.matcher(new String(segment, begin, end - begin, StandardCharsets.ISO_8859_1));
    return matcher.lookingAt() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
  }

  static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  private static int recordCrc(byte[] bytes, int offset, int payloadLength) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, CRC_OFFSET);
    crc.update(bytes, offset + SEQUENCE_OFFSET, FRAME_BYTES - SEQUENCE_OFFSET + payloadLength);
    return (int) crc.getValue();
  }

  private static Hash hash(ByteBuffer in) {
    byte[] digest = new byte[Hash.BYTES];
    in.get(digest);
    return Hash.ofDigest(digest);
  }
}
