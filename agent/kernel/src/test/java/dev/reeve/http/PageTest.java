package dev.reeve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  private static final Page PAGE = Page.load();
  private static final String HTML = new String(PAGE.answer().body(), StandardCharsets.UTF_8);

  @Test
  void policyAllowsExactlyTheStyleAndScriptOfThePage() throws Exception {
    assertTrue(PAGE.policy().contains("style-src '" + hash("style") + "'"), PAGE.policy());
    assertTrue(PAGE.policy().contains("script-src '" + hash("script") + "'"), PAGE.policy());
    assertFalse(PAGE.policy().contains("unsafe"));
  }

  private static String hash(String tag) throws Exception {
    Matcher matcher =
        Pattern.compile("<" + tag + ">(.*?)</" + tag + ">", Pattern.DOTALL).matcher(HTML);
    assertTrue(matcher.find());
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(matcher.group(1).getBytes(StandardCharsets.UTF_8));
    assertFalse(matcher.find(), "only one " + tag);
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }

  @Test
  void needsNothingFromElsewhere() {
    assertEquals(-1, HTML.indexOf("http://"));
    assertEquals(-1, HTML.indexOf("https://"));
    assertFalse(HTML.contains("src="));
    assertFalse(Pattern.compile("<link|@import|url\\(").matcher(HTML).find());
  }

  @Test
  void makesTextNodesOnly() {
    for (String sink :
        List.of(
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "createContextualFragment",
            "setHTML",
            "srcdoc",
            "eval(",
            "new Function",
            "javascript:")) {
      assertFalse(HTML.contains(sink), sink);
    }
    assertFalse(Pattern.compile("<[^>]*\\s(on\\w+|style)=").matcher(HTML).find());
  }

  @Test
  void isSmall() {
    assertTrue(HTML.length() < 60_000, HTML.length() + " characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</script><svg onload=alert(1)>",
        "\u001b[31mred\u001b]0;title\u0007",
        "two\r\nlines\nHost: evil",
        "zero\u0000byte",
        "left\u202eright",
        "\u2028\u2029",
        "\ud800 alone",
        "{{7*7}} ${7*7} #{7*7}"
      })
  void hostileNamesStayTextInTheApi(String name) throws Exception {
    Sample sample = new Sample(name);
    for (var part : List.of(sample.status(), sample.findings(), sample.plans())) {
      String json = new String(Answer.json(part).body(), StandardCharsets.UTF_8);
      assertFalse(json.contains("<"), json);
      assertTrue(json.chars().noneMatch(Character::isISOControl), json);
      assertEquals(part, Json.read(json));
    }
  }

  @Test
  void veryLongNamesDoNotBreakTheAnswer() throws Exception {
    Sample sample = new Sample("x".repeat(100_000));

    byte[] body = Answer.json(sample.status()).body();
    assertEquals(
        sample.status(), dev.reeve.json.JsonReader.STRICT.withMaxLength(1 << 22).readObject(body));
  }
}
