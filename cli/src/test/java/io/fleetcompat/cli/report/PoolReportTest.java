package io.fleetcompat.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fleetcompat.cli.report.Curve.Point;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class PoolReportTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String HOSTILE = "<script>alert('x')</script>|`*\u001b[31m\u202e";

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private static PoolReport report(String name) throws IOException {
    JsonNode pool =
        json(
            "{'hosts':3,'health':{'split':false,'oneWayPairs':1,'devices':{'endpoints':4,'movable':3,"
                + "'stranded':1},'types':{'endpoints':0,'movable':0,'stranded':0}}}");
    JsonNode matrix =
        json(
            "{'profiles':[{'profile':'0123456789abcdef','like':'mdev','endpoints':2},"
                + "{'profile':'fedcba9876543210','like':'mdev','endpoints':2}],'omitted':1,"
                + "'rows':['CU','IC']}");
    JsonNode difference =
        json(
            "{'ruleSetBefore':'5[]','ruleSetAfter':'5[]','pools':[{'devices':{'pairsGained':1,"
                + "'pairsLost':2,'newlyStranded':{'total':1,'names':['h1/d']}}}]}");
    JsonNode waves =
        json(
            "{'waves':[{'begin':'2026-11-26T10:00:00Z','hosts':2,'leftBehind':1,'transition':"
                + "[{'name':'driver/nvidia','from':'550','to':'570'}],'forward':{'compatible':3,"
                + "'unknown':0,'incompatible':0},'back':{'compatible':0,'unknown':0,'incompatible':3}}]}");
    JsonNode health =
        json(
            "{'at':'2026-11-26T11:00:00Z','kind':'pool','values':[{'name':'movable"
                + " devices','from':'3','to':'1'},{'name':'stranded"
                + " devices','from':'1','to':'3'}]}");
    JsonNode change =
        JSON.createObjectNode()
            .put("at", "2026-11-26T11:00:00Z")
            .put("kind", "host")
            .put("name", name);
    return new PoolReport(
        name,
        Instant.parse("2026-11-26T09:00:00Z"),
        Instant.parse("2026-11-26T12:00:00Z"),
        pool,
        pool,
        matrix,
        matrix,
        difference,
        waves,
        List.of(health),
        List.of(change),
        true);
  }

  @Test
  void theShareOverTimeFollowsFromTheChangesOfHealth() throws IOException {
    PoolReport report = report("gold");
    assertThat(report.curve("devices").points())
        .containsExactly(
            new Point(Instant.parse("2026-11-26T09:00:00Z"), 0.75),
            new Point(Instant.parse("2026-11-26T11:00:00Z"), 0.25),
            new Point(Instant.parse("2026-11-26T12:00:00Z"), 0.25));
    assertThat(report.curve("types").points()).extracting(Point::share).containsOnly(1.0);
  }

  @Test
  void markdownHasAllParts() throws IOException {
    MarkdownPage page = new MarkdownPage();
    report("gold").write(page);
    assertThat(page.document())
        .startsWith("# Pool gold from 2026-11-26T09:00:00Z to 2026-11-26T12:00:00Z\n")
        .contains("| devices that are stranded | 1 | 1 |")
        .contains("2026-11-26T11:00:00Z ##########.............................." + "  25.0 %")
        .contains("driver/nvidia 550 -\\> 570")
        .contains("of devices, 1 gained and 2 lost; of types, 0 gained and 0 lost.")
        .contains("| split | no | no |")
        .contains("| h1/d |")
        .contains("#?  01234567 mdev (2 endpoints)\n.#  fedcba98")
        .contains("There are more");
  }

  @Test
  void htmlIsWellFormedAndNothingOfTheFleetIsMarkup() throws Exception {
    HtmlPage page = new HtmlPage();
    report(HOSTILE).write(page);
    String document = page.document();
    assertThat(document).doesNotContain("<script", "\u001b", "\u202e").contains("&lt;script&gt;");
    String xml = document.replaceFirst("<!doctype html>", "");
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    assertThat(
            factory
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getElementsByTagName("svg")
                .getLength())
        .isEqualTo(3);
  }

  @Test
  void plotsAreToldApartWithoutColours() throws IOException {
    HtmlPage page = new HtmlPage();
    report("gold").write(page);
    assertThat(page.document())
        .contains("550 <span class=\"word\">-&gt;</span> 570")
        .contains("<td class=\"word\">2026-11-26T10:00:00Z</td>", "<td class=\"number\">2</td>")
        .as("a third of the time has passed when the upgrade begins, two thirds when it is seen")
        .contains("<line class=\"mark\" x1=\"343.3\"", "H636.7V184.0H930.0V184.0")
        .as("both on the diagonal, and one unknown")
        .contains("class=\"yes\" d=\"M16 46h14v14h-14zM32 62h14v14h-14z\"")
        .contains("class=\"unknown\" d=\"M32 46h14l-14 14z\"")
        .contains("01234567 mdev (2 endpoints)</text>");
  }

  @Test
  void anUpgradeBeforeTheTimeOfThePlotIsNotMarked() {
    Instant begin = Instant.parse("2026-11-26T09:00:00Z");
    Curve curve = new Curve("devices", List.of(new Point(begin, 1), new Point(begin, 1)));
    assertThat(SharePlot.of(List.of(curve), List.of(begin.minusMillis(1))))
        .doesNotContain("mark")
        .contains("M50.0 34.0H50.0V34.0");
    assertThat(SharePlot.of(List.of(curve), List.of(begin))).contains("class=\"mark\"");
  }

  @Test
  void markdownOfAHostileNameIsNoMarkup() throws IOException {
    MarkdownPage page = new MarkdownPage();
    report(HOSTILE).write(page);
    assertThat(page.document())
        .doesNotContain("\u001b", "\u202e", "|`*")
        .contains("\\<script\\>")
        .doesNotContainPattern("[^\\\\]<script");
  }
}
