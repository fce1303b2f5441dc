package dev.reeve.cli;

import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonBoolean;
import dev.reeve.json.JsonNull;
import dev.reeve.json.JsonNumber;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonString;
import dev.reeve.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** JSON's values as a YAML document that readers of YAML 1.1 and 1.2 take for the same values. */
final class YamlText {
  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setExplicitStart(true)
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setUseUnicodeEncoding(false)
          .setSplitLines(false)
          .build();

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z/_][A-Za-z0-9/_.@%+-]*");

  /** Words that some reader takes for something else than a text. */
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private YamlText() {}

  static String of(JsonValue value) {
    StringWriter out = new StringWriter();
    new Dump(SETTINGS).dumpNode(node(value), out);
    return out.text.toString();
  }

  /** Takes what the library writes. */
  private static final class StringWriter implements StreamDataWriter {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void write(String part) {
      text.append(part);
    }

    @Override
    public void write(String part, int from, int length) {
      text.append(part, from, from + length);
    }
  }

  private static Node node(JsonValue value) {
    return switch (value) {
      case JsonObject object -> mapping(object);
      case JsonArray array -> sequence(array);
      case JsonString(String text) -> text(text);
      case JsonNumber.Whole(long whole) -> plain(Tag.INT, Long.toString(whole));
      case JsonNumber.Decimal(var decimal) -> plain(Tag.FLOAT, decimal.toString());
      case JsonNumber.NonFinite number -> text(number.text());
      case JsonBoolean(boolean truth) -> plain(Tag.BOOL, Boolean.toString(truth));
      case JsonNull _ -> plain(Tag.NULL, "null");
    };
  }

  private static Node mapping(JsonObject object) {
    List<NodeTuple> members = new ArrayList<>();
    object.members().forEach((name, value) -> members.add(new NodeTuple(text(name), node(value))));
    return new MappingNode(Tag.MAP, members, FlowStyle.BLOCK);
  }

  private static Node sequence(JsonArray array) {
    List<Node> elements = new ArrayList<>();
    array.forEach(element -> elements.add(node(element)));
    return new SequenceNode(Tag.SEQ, elements, FlowStyle.BLOCK);
  }

  private static Node plain(Tag tag, String text) {
    return new ScalarNode(tag, text, ScalarStyle.PLAIN);
  }

  private static Node text(String text) {
    boolean plain = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
    return new ScalarNode(Tag.STR, text, plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
  }
}
