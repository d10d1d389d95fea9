package io.fleetcompat.cli.report;

import io.fleetcompat.cli.output.Printable;
import java.time.Instant;
import java.util.List;

/**
 * A page in HTML that needs nothing beside itself: no script, no font, no other file. It follows
 * the reader's choice of light or dark, and prints light.
 */
public final class HtmlPage implements ReportPage {

  /** Longest word that is never broken in a table: times and names of hosts. */
  private static final int MAX_UNBROKEN = 40;

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#222;--soft:#555;--rule:#ccc;--grid:#e4e4e4;--paper:#fff;
      --first:#0b62a4;--second:#b4540a;--yes:#2a8f43;--unknown:#c99700;--no:#ececec}
      @media screen and (prefers-color-scheme:dark){:root{--ink:#ddd;--soft:#aaa;--rule:#555;
      --grid:#333;--paper:#16181c;--first:#6cb6f5;--second:#f0a35e;--yes:#3fae5c;--unknown:#dcae1d;
      --no:#2a2d33}}
      body{font:15px/1.5 sans-serif;max-width:1000px;margin:2em auto;padding:0 1em;
      color:var(--ink);background:var(--paper)}
      table{border-collapse:collapse;margin:1em 0}
      td,th{border:1px solid var(--rule);padding:.2em .6em;text-align:left;vertical-align:top}
      td{overflow-wrap:break-word}
      .word{white-space:nowrap;overflow-wrap:normal}
      .number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
      .wide{overflow-x:auto}
      svg{margin:.5em 0;font:12px sans-serif;fill:var(--soft)}
      .column{font-size:9px}
      .plot{max-width:100%;min-width:600px;height:auto}
      .grid{stroke:var(--grid)}.mark{stroke:var(--soft);stroke-dasharray:2 4}
      .curve{fill:none;stroke-width:2}
      .first{stroke:var(--first)}.second{stroke:var(--second);stroke-dasharray:7 3}
      .yes{fill:var(--yes)}.unknown{fill:var(--unknown)}.no{fill:var(--no)}
      @media print{:root{color-scheme:light}body{max-width:none;margin:0;font-size:10pt}
      h1,h2,h2+p{break-after:avoid}tr,svg{break-inside:avoid}td{overflow-wrap:anywhere}
      .wide{overflow:visible}svg{max-width:100%;height:auto}}
      """;

  private final StringBuilder body = new StringBuilder();
  private String title = "";

  /** Nothing that the fleet says is ever markup. */
  static String escape(String text) {
    return Printable.line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private void element(String name, String text) {
    body.append('<').append(name).append('>').append(escape(text));
    body.append("</").append(name).append(">\n");
  }

  @Override
  public void title(String text) {
    title = text;
    element("h1", text);
  }

  @Override
  public void heading(String text) {
    element("h2", text);
  }

  @Override
  public void paragraph(String text) {
    element("p", text);
  }

  @Override
  public void table(List<String> heads, List<List<String>> rows) {
    body.append("<div class=\"wide\"><table>\n<thead><tr>");
    heads.forEach(head -> element("th", head));
    body.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      body.append("<tr>");
      row.forEach(this::cell);
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
  }

  private void cell(String text) {
    String style = "";
    if (text.matches("[0-9]+|-|yes|no")) {
      style = " class=\"number\"";
    } else if (text.length() <= MAX_UNBROKEN && text.indexOf(' ') < 0) {
      style = " class=\"word\"";
    }
    body.append("<td").append(style).append('>').append(unbroken(escape(text))).append("</td>\n");
  }

  /** Arrows are not broken after their hyphen. */
  private static String unbroken(String escaped) {
    return escaped.replace(" -&gt; ", " <span class=\"word\">-&gt;</span> ");
  }

  @Override
  public void plot(List<Curve> curves, List<Instant> marks) {
    body.append("<div class=\"wide\">").append(SharePlot.of(curves, marks)).append("</div>\n");
  }

  @Override
  public void matrix(List<String> names, List<String> rows) {
    body.append("<div class=\"wide\">").append(MatrixPlot.of(names, rows)).append("</div>\n");
  }

  @Override
  public String document() {
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>"
        + escape(title)
        + "</title>\n<style>\n"
        + STYLE
        + "</style>\n</head>\n<body>\n"
        + body
        + "</body>\n</html>\n";
  }
}
